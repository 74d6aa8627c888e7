/** Wrong usage of the command line: told with the command's usage, exit code 2. */
export class UsageError extends Error {}
