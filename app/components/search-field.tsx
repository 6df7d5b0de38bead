import { Search } from 'lucide-react'

/** Narrows a list down while somebody types. */
export function SearchField({
  label,
  hint,
  value,
  disabled = false,
  onChange,
}: {
  label: string
  /** What can be searched for. */
  hint: string
  value: string
  disabled?: boolean
  onChange: (value: string) => void
}) {
  return (
    <label className="relative min-w-56 flex-1 sm:max-w-80">
      <span className="sr-only">{label}</span>
      <Search size={16} aria-hidden="true" className="absolute top-3.5 left-3 text-quiet" />
      <input
        type="search"
        className="field pl-9"
        placeholder={hint}
        value={value}
        disabled={disabled}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  )
}
