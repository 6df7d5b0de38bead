/** Characters: long enough not to be guessed where sign-ins are throttled. */
export const shortestPassword = 10
