/** Resolves when the page has drawn what it was opened for, so that what comes after it takes nothing from it. */
export const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    // Not every browser says so by itself.
    if (!("requestIdleCallback" in globalThis)) setTimeout(resolve, 1_000);
    else
      requestIdleCallback(
        () => {
          resolve();
        },
        { timeout: 3_000 },
      );
  });
