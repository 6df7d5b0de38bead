'use client'

import { Upload } from 'lucide-react'
import { type ReactNode, useState } from 'react'

/** Files are dropped here or chosen by a button, which does the same. */
export function FileChoice({
  label,
  accept,
  multiple = false,
  children,
  onFiles,
}: {
  label: string
  accept: string
  multiple?: boolean
  children?: ReactNode
  onFiles: (files: File[]) => void
}) {
  const [over, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button within does the same
    <div
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-dashed px-4 py-5 ${over ? 'border-accent bg-accent-soft' : 'border-edge'}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onFiles([...event.dataTransfer.files].slice(0, multiple ? undefined : 1))
      }}
    >
      <label className="button relative cursor-pointer focus-within:outline-2 focus-within:outline-accent">
        <Upload size={18} aria-hidden="true" />
        {label}
        <input
          type="file"
          accept={accept}
          multiple={multiple}
          className="sr-only"
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])])
            // The same file again is a choice too.
            target.value = ''
          }}
        />
      </label>
      {children}
    </div>
  )
}
