/** Asks once more, in the place of what would go, before it is removed. */
export function RemovalQuestion({
  question,
  words,
  working,
  onCancel,
  onRemove,
}: {
  question: string
  words: { readonly cancel: string; readonly remove: string }
  working: boolean
  onCancel: () => void
  onRemove: () => void
}) {
  return (
    <div className="case mt-2 flex flex-wrap items-center gap-3 px-4 py-3">
      <p className="min-w-48 flex-1">{question}</p>
      <button type="button" className="button" onClick={onCancel}>
        {words.cancel}
      </button>
      <button type="button" className="button" disabled={working} onClick={onRemove}>
        {words.remove}
      </button>
    </div>
  )
}
