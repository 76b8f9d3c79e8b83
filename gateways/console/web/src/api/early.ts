/** What the first page needs, asked for while the rest of the console is still on its way. Each answer is taken once, by whoever asks for it first. */
const asked = new Map<string, Promise<Response>>();

export const askEarly = (path: string): void => {
  const answer = fetch(path, {
    headers: { accept: "application/json", "accept-language": document.documentElement.lang },
    credentials: "same-origin",
  });
  // Whoever takes it hears what went wrong; one that nobody takes is nobody's trouble.
  answer.catch(() => undefined);
  asked.set(path, answer);
};

export const takeEarly = (path: string): Promise<Response> | undefined => {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
};
