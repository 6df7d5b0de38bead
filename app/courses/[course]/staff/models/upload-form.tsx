'use client'

import { Upload } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { showBytes } from '@/app/components/show-bytes'
import { modelLimits } from '@/lib/models/limits'
import { modelNameLike, modelNamePattern } from '@/lib/models/model-name'
import { ModelField, ModelNameField } from './model-field'
import { useModelMessages } from './use-model-messages'
import { useModelRequests } from './use-model-requests'

/** Takes a file and the name that figures will call it by; says beforehand what can be read. */
export function UploadForm({ course }: { course: string }) {
  const words = useModelMessages()
  const { upload, working, sent, problem } = useModelRequests(course)
  const [name, setName] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const id = useId()
  const { upload: largest, graph, classes, side, models } = modelLimits
  const isNamed = modelNamePattern.test(name)
  return (
    <section aria-labelledby={`${id}-title`} className="case mt-8 px-5 py-5">
      <h2 id={`${id}-title`} className="text-21 font-[580]">
        {words.add}
      </h2>
      <ul className="mt-2 list-disc pl-5 text-quiet">
        {words.kinds.map((kind) => (
          <li key={kind}>{kind}</li>
        ))}
      </ul>
      <p className="mt-2 max-w-[68ch] text-13 text-quiet">
        {words.limits(showBytes(largest), showBytes(graph), classes, side.least, side.most, models)}
      </p>
      <form
        noValidate
        className="mt-4 grid gap-4 sm:grid-cols-2"
        onSubmit={async (event) => {
          event.preventDefault()
          if (!file || !isNamed || !(await upload(name, file))) return
          setName('')
          setFile(null)
          if (picker.current) picker.current.value = ''
        }}
      >
        <ModelField id={`${id}-file`} label={words.file}>
          <input
            ref={picker}
            id={`${id}-file`}
            type="file"
            accept=".onnx,.pth,.pt,.zip,.safetensors"
            className="field mt-1 file:mr-3 file:font-[550]"
            disabled={working}
            onChange={({ target }) => {
              const chosen = target.files?.[0] ?? null
              setFile(chosen)
              if (chosen && name === '') setName(modelNameLike(chosen.name.replace(/\.[^.]*$/, '')))
            }}
          />
        </ModelField>
        <ModelNameField
          id={`${id}-name`}
          label={words.name}
          value={name}
          disabled={working}
          onChange={setName}
        />
        <div className="flex flex-wrap items-center gap-4 sm:col-span-2">
          <button type="submit" className="button button-accent" disabled={working || !file || !isNamed}>
            <Upload size={16} aria-hidden="true" />
            {words.upload}
          </button>
          {sent !== null && (
            <progress max={100} value={sent} aria-label={words.sent(sent)} className="w-40" />
          )}
          <p role="status" className="text-13">
            {sent !== null && <span className="numbers text-quiet">{words.sent(sent)}</span>}
            <span className="text-wrong">{problem}</span>
          </p>
        </div>
      </form>
    </section>
  )
}
