/** How long a person is signed in at most: a long day at work. */
export const sessionSeconds = 10 * 3_600;
