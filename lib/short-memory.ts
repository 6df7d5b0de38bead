/** Remembers what was read for some moments: however many ask, the database is asked once. Failures are not remembered. */
export class ShortMemory<Value> {
  readonly #entries = new Map<string, { readonly value: Promise<Value>; readonly expires: number }>()

  /**
   * @param lifetimeMs how old an answer may be
   * @param most entries that are held; then all are forgotten
   */
  constructor(
    private readonly lifetimeMs: number,
    private readonly most: number,
  ) {}

  get(key: string, read: () => Promise<Value>): Promise<Value> {
    const now = Date.now()
    const known = this.#entries.get(key)
    if (known && known.expires > now) return known.value
    if (this.#entries.size >= this.most) this.#entries.clear()
    const value = read()
    this.#entries.set(key, { value, expires: now + this.lifetimeMs })
    value.catch(() => this.#entries.delete(key))
    return value
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
