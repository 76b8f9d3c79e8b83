/** Sessions that ended, kept by nobody but this test. */
export const noSessions = () => {
  const ended = new Set<string>();
  return {
    has: (id: string) => ended.has(id),
    end: (id: string) => {
      ended.add(id);
      return Promise.resolve();
    },
  };
};
