/** A number with its thousands apart, written the same in both languages. */
export const number = (value: number) => value.toLocaleString('en')

/** English: the count with the noun in its number. */
export const plural = (count: number, one: string, many: string) =>
  `${number(count)} ${count === 1 ? one : many}`
