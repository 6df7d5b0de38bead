/** Contents as they were written, or with the HTML of their texts. */
interface LabelledContent {
  readonly label: string
  readonly parts: readonly { readonly label: string }[]
}

/** As students see it: `23` for the only part of question 23, else `23.1`. */
export function partLabel(label: string, count: number, at: number): string {
  return count === 1 ? label : `${label}.${at + 1}`
}

/**
 * @param number that an attempt shows the question under; null: it shows the question's own label
 * @returns the content under that number, and its parts: `4`, or `4.1` and `4.2`
 */
export function withShownLabel<Content extends LabelledContent>(
  content: Content,
  number: number | null,
): Content {
  if (number === null) return content
  const label = String(number)
  const parts = content.parts.map((part, at) => ({
    ...part,
    label: partLabel(label, content.parts.length, at),
  }))
  return { ...content, label, parts }
}
