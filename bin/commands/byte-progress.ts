const MEGABYTE = 1e6

/** One line that is written over: file, megabytes, share. Nothing where the stream is no terminal. */
export function showBytes(stream: NodeJS.WriteStream): {
  report: (file: string, bytes: number, total: number) => void
  end: () => void
} {
  if (!stream.isTTY) return { report: () => {}, end: () => {} }
  const clear = '\r\u001b[K'
  return {
    report(file, bytes, total) {
      const [done, all] = [bytes, total].map((count) => (count / MEGABYTE).toFixed(1))
      const share = total === 0 ? 100 : Math.floor((100 * bytes) / total)
      stream.write(`${clear}${file} ${done} / ${all} MB (${share} %)`)
    },
    end: () => stream.write(clear),
  }
}
