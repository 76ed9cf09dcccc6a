/** Something the user can put right. The message is one clear sentence; the command ends with status 2. */
export class CliError extends Error {
  override readonly name = "CliError";

  /** @param details printed as they are in front of the sentence, such as a compiler's own messages */
  constructor(
    message: string,
    readonly details = "",
  ) {
    super(message);
  }
}
