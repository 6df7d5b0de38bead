const mostWords = 8

/**
 * The patterns of LIKE that a text must match: one for each word, wherever it stands. Chinese is written without spaces, so
 * a word is any run of characters that the searcher sets apart, found within longer ones. Upper and lower case, and the
 * widths of characters, are the same (NFKC).
 */
export function searchPatterns(query: string): string[] {
  const words = normalizedText(query).split(/\s+/).filter(Boolean)
  return [...new Set(words)].slice(0, mostWords).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
}

/** As the statement that searches writes the texts: `lower(normalize(…, NFKC))`. */
export function normalizedText(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
