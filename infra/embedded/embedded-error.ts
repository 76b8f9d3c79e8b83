/**
 * Why this machine cannot run the hub's servers. Shown to the person who started it, so the message says what to do.
 * `hub-already-running`: a live hub holds the data folder. `server-missing`, `server-too-old`: no usable binary.
 * `store-key-unusable`: the file of the store's key holds none. `store-key-differs`: the store is encrypted with another key, or none was given. `server-not-ready`: the server died or did not answer in time; the end of its own log is in the message.
 */
export type EmbeddedErrorCode =
  | "hub-already-running"
  | "server-missing"
  | "server-too-old"
  | "store-key-unusable"
  | "store-key-differs"
  | "server-not-ready";

export class EmbeddedError extends Error {
  override readonly name = "EmbeddedError";
  readonly code: EmbeddedErrorCode;
  constructor(code: EmbeddedErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
