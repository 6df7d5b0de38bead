import { decodeTable } from '@/lib/interchange/table-text'

export interface TableFileWords {
  readonly file: string
  /** @param most kilobytes */
  readonly fileTooLarge: (name: string, most: number) => string
  readonly fileUnreadable: (name: string) => string
}

/** Chooses a file of a table, whose text it hands on, or says why it does not. */
export function TableFile({
  words,
  most,
  onText,
  onProblem,
}: {
  words: TableFileWords
  /** Bytes. */
  most: number
  onText: (text: string) => void
  onProblem: (problem: string) => void
}) {
  async function read(file: File) {
    if (file.size > most) return onProblem(words.fileTooLarge(file.name, most / 1000))
    const text = await file.arrayBuffer().then(
      (buffer) => decodeTable(new Uint8Array(buffer)),
      () => null,
    )
    if (text === null) onProblem(words.fileUnreadable(file.name))
    else onText(text)
  }
  return (
    <input
      type="file"
      accept=".csv,.tsv,.txt,text/csv"
      aria-label={words.file}
      className="max-w-full text-13"
      onChange={({ target }) => {
        const [file] = target.files ?? []
        if (file) void read(file)
        // The same one can be chosen again when it was changed.
        target.value = ''
      }}
    />
  )
}
