'use client'

import { useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useLeavingWarning } from '@/app/components/use-leaving-warning'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { optionLetter } from '@/lib/questions/option-letter'
import { findTextProblems, measuredPlaceholder, textsOf, type VariantTexts } from '@/lib/variants/texts'
import { BilingualField } from '../bilingual-field'
import { useVariantMessages } from './messages'
import type { Variants } from './use-variants'

/** What all variants say, with placeholders. */
export function VariantTextsForm({ variants, given }: { variants: Variants; given: VariantTexts }) {
  const messages = useVariantMessages()
  const say = useOneLanguage()
  const { view, change, sending } = variants
  const asGiven = { texts: given, version: view.version, isChanged: false }
  const [form, setForm] = useState(asGiven)
  const { texts } = form
  useLeavingWarning(form.isChanged)
  const isOutdated = form.version !== view.version
  // What is written here stays until somebody decides.
  if (isOutdated && !form.isChanged) setForm(asGiven)
  const [isSaved, setSaved] = useState(false)
  const [open, setOpen] = useState(view.textsFrom !== 'saved')
  const { placeholders } = view
  const problems = findTextProblems(texts, namesOf(placeholders))
  const set = (path: string, text: Bilingual) => {
    setSaved(false)
    setForm((known) => ({ ...known, texts: withText(known.texts, path, text), isChanged: true }))
  }
  return (
    <details
      className="case mt-4 px-5 py-1 group"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="min-h-11 cursor-pointer content-center text-17 font-[600]">
        {messages.texts}
      </summary>
      <p className="max-w-[68ch] text-quiet">{messages.textsLead}</p>
      <table className="mt-4 text-13">
        <thead className="text-left text-quiet">
          <tr>
            <th scope="col" className="pr-6 font-[450]">
              {messages.placeholder}
            </th>
            <th scope="col" className="font-[450]">
              {messages.meaning}
            </th>
          </tr>
        </thead>
        <tbody>
          {placeholders.map(({ placeholder, name }) => (
            <tr key={placeholder}>
              <td className="pr-6">
                <code>{placeholder}</code>
              </td>
              <td>{say(name)}</td>
            </tr>
          ))}
          <tr>
            <td className="pr-6 align-top">
              <code>{measuredPlaceholder}</code>
            </td>
            <td>{messages.measured}</td>
          </tr>
        </tbody>
      </table>
      <div className="@container mt-5 grid gap-4">
        {textsOf(texts).map(({ path, text }) => (
          <BilingualField
            key={path}
            id={`variant-${path}`}
            label={labelOf(path, texts, view.labels, messages)}
            value={text}
            notes={problems
              .filter((problem) => problem.path === path)
              .map(({ issue, placeholder }) => ({
                severity: 'error',
                message: messages.issues[issue](placeholder),
              }))}
            onChange={(next) => set(path, next)}
          />
        ))}
      </div>
      {isOutdated && (
        <div role="status" className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="max-w-[68ch] text-warn">{messages.newerVersion(view.version)}</p>
          <button type="button" className="button" onClick={() => setForm(asGiven)}>
            {messages.takeTexts(view.version)}
          </button>
        </div>
      )}
      <div className="my-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="button"
          className="button"
          disabled={sending || problems.length > 0}
          onClick={async () => {
            const saved = await change('PUT', 'variant-texts', { basedOn: view.version, texts })
            if (saved)
              setForm((known) => ({ ...known, version: view.version, isChanged: known.texts !== texts }))
            setSaved(saved)
          }}
        >
          {messages.save}
        </button>
        <p role="status" className="text-13 text-quiet">
          {isSaved ? messages.saved : messages.textsFrom[view.textsFrom]}
        </p>
      </div>
    </details>
  )
}

/** As many names as there are placeholders: checking counts them only. */
function namesOf(placeholders: Variants['view']['placeholders']) {
  const of = (kind: string) => placeholders.filter(({ placeholder }) => placeholder.startsWith(`{{${kind}.`))
  return {
    pictures: of('picture').map(({ name }, index) => ({ picture: index, name })),
    regions: of('region').map(({ name }) => name),
  }
}

function withText(texts: VariantTexts, path: string, text: Bilingual): VariantTexts {
  const [, partId = '', field, optionId = ''] = path.split('.')
  const part = texts.parts[partId]
  if (!part) return { ...texts, prompt: text }
  const changed =
    field === 'options'
      ? { ...part, options: { ...part.options, [optionId]: text } }
      : { ...part, [field!]: text }
  return { ...texts, parts: { ...texts.parts, [partId]: changed } }
}

function labelOf(
  path: string,
  texts: VariantTexts,
  labels: { readonly [partId: string]: string },
  messages: ReturnType<typeof useVariantMessages>,
): string {
  const [, partId = '', field, optionId = ''] = path.split('.')
  const part = texts.parts[partId]
  if (!part) return messages.prompt
  const label = labels[partId] ?? partId
  if (field === 'prompt') return messages.partPrompt(label)
  if (field === 'explanation') return messages.explanation(label)
  const letter = optionLetter(Object.keys(part.options).indexOf(optionId))
  const name = messages.option(letter)
  return Object.keys(texts.parts).length > 1 ? messages.ofPart(label, name) : name
}
