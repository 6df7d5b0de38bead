/** A demo class cannot be made, and what to do instead. */
export class DemoClassError extends Error {
  override readonly name = 'DemoClassError'
}
