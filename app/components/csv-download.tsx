'use client'

import { Download } from 'lucide-react'
import { type CsvCell, formatCsv } from '@/lib/interchange/csv'
import { useInBrowser } from './local-time'

/** A button that saves a table that the page has already. */
export function CsvDownload({
  label,
  name,
  fileName,
  rows,
}: {
  label: string
  /** For assistive technology, where the label is short. */
  name?: string
  /** Without `.csv`. */
  fileName: string
  /** Called when the button is pressed; the first row is the header. */
  rows: () => readonly (readonly CsvCell[])[]
}) {
  const ready = useInBrowser()
  const save = () => {
    const address = URL.createObjectURL(new Blob([formatCsv(rows())], { type: 'text/csv;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = address
    link.download = `${fileName}.csv`
    link.click()
    // Some browsers begin to read only after the click has ended.
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  }
  return (
    <button type="button" className="tool no-print" disabled={!ready} aria-label={name} onClick={save}>
      <Download size={15} aria-hidden="true" />
      {label}
    </button>
  )
}
