/**
 * @returns whether a line about a person has every word of a search, wherever it stands. Upper and lower case, and the widths
 * of characters, are the same (NFKC); an empty search finds everybody.
 */
export function finds(search: string): (line: string) => boolean {
  const words = plain(search).split(/\s+/).filter(Boolean)
  return (line) => {
    const text = plain(line)
    return words.every((word) => text.includes(word))
  }
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase()
