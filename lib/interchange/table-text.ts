/** Spreadsheets save UTF-8, "Unicode text", which is UTF-16 behind its mark, or in Taiwan Big5. */
const marks = [
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
] as const

/**
 * Reads a table's file as spreadsheets save it: what no UTF-8 is, without a mark that says otherwise, is taken for Big5.
 * @returns the text, without a mark; null: it is none of these
 */
export function decodeTable(bytes: Uint8Array): string | null {
  const marked = marks.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))
  for (const encoding of marked ? [marked.encoding] : ['utf-8', 'big5'])
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      // Of a file that is no text at all.
      return text.includes('\0') ? null : text
    } catch {}
  return null
}
