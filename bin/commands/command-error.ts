/** A command cannot be carried out; the message says what to do. Light, so that other commands load nothing for it. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
