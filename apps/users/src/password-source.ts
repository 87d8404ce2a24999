/** Where the password of a new connection comes from, where it is no part of the URL. */
export interface PasswordSource {
  /** The password to use now. Rejects with a Problem of kind `unavailable` where none can be had. */
  current(): Promise<string>;
  /** The server refused this one: `current` gives another, or rejects while there is none. */
  refused(password: string): void;
}
