/** Runs hand-written statements: either client, or an open transaction of either. */
export interface StatementRunner {
  $queryRaw<Rows>(statement: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<Rows>
}
