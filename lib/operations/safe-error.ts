const longest = 300

/**
 * The words of an unexpected error for operators' pages: its first lines in one, with files by their name only and
 * addresses without what opens them. The whole is in the worker's log.
 * @returns at most 300 characters
 */
export function safeError(message: string): string {
  const line = message
    .replace(/\b([a-z][a-z0-9+.-]*):\/\/[^\s'"<>]*/gi, '$1:…')
    .replace(/(?:[A-Za-z]:)?(?:[\\/][^\s'"`:;,()<>|]+)*[\\/]([^\s'"`:;,()<>|\\/]+)/g, '$1')
    .replace(/\b(password|secret|token|key)\b\s*[=:]\s*\S+/gi, '$1=…')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
