'use client'

import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { BilingualField } from '@/app/components/bilingual-field'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { Field, SelectField } from '@/app/components/field'
import { Scrolling } from '@/app/components/scrolling'
import { Segments } from '@/app/components/segments'
import { useRequest } from '@/app/components/use-request'
import { useCourseMessages } from '@/app/courses/use-course-messages'
import type { CopySource } from '@/lib/authoring/view'
import type { PictureDifference } from '@/lib/pictures/said-otherwise'
import { DifferingPictures } from './differing-pictures'

type From = 'empty' | 'copy' | 'file'

/** A place in a file that cannot be taken. */
interface FileProblem {
  readonly line: number | null
  readonly path: string
  readonly message: string
}

/** Makes an assignment, a draft: from nothing, as a copy, or from a file, whose mistakes are said line by line. */
export function NewAssignmentForm({
  course,
  sources,
}: {
  course: string
  sources: readonly CopySource<string>[]
}) {
  const words = useCourseMessages()
  const told = useOneLanguage()
  const router = useRouter()
  const { send, working, problem, issueOf } = useRequest(words)
  const [from, setFrom] = useState<From>('empty')
  const [slug, setSlug] = useState('')
  const [title, setTitle] = useState({ zh: '', en: '' })
  const [introduction, setIntroduction] = useState({ zh: '', en: '' })
  const [assignmentId, setAssignmentId] = useState('')
  const [file, setFile] = useState<{ name: string; text: string } | Blob | null>(null)
  const [wrong, setWrong] = useState<readonly FileProblem[]>([])
  const [differing, setDiffering] = useState<readonly PictureDifference[]>([])
  const heading = useId()
  const issue = (path: string) => {
    const found = issueOf(path)
    return found && words.issue(found)
  }
  const body = {
    empty: { from, slug, title, introduction },
    copy: { from, slug, assignmentId },
    file: file instanceof Blob ? file : { from, slug, ...file },
  }[from]
  const isChosen = from === 'empty' || (from === 'copy' ? assignmentId !== '' : file !== null)
  return (
    <section className="mt-14" aria-labelledby={heading}>
      <h2 id={heading} className="text-21 font-[580]">
        {words.newAssignment}
      </h2>
      <form
        className="mt-4 grid gap-6"
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          setWrong([])
          setDiffering([])
          const made = await send<{ slug: string }>(
            'POST',
            body instanceof Blob
              ? `/api/courses/${course}/assignment-packages?slug=${encodeURIComponent(slug)}`
              : `/api/courses/${course}/assignments`,
            body,
            ({ code, lines, pictures }) => {
              if (code === 'picture-differs') setDiffering(pictures as readonly PictureDifference[])
              if (code !== 'assignment-file-refused') return false
              setWrong(lines as readonly FileProblem[])
              return true
            },
          )
          if (made) router.push(`/courses/${course}/${made.slug}/staff/settings`)
        }}
      >
        <div>
          <Segments
            legend={words.from}
            value={from}
            segments={(['empty', 'copy', 'file'] as const).map((value) => ({
              value,
              label: words.sources[value],
              name: words.sources[value],
            }))}
            onChange={setFrom}
          />
        </div>
        <Field label={words.slug} hint={words.assignmentSlugHint} error={issue('slug')}>
          {(control) => (
            <input
              {...control}
              className="field font-mono"
              value={slug}
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              autoCapitalize="none"
              onChange={({ target }) => setSlug(target.value)}
            />
          )}
        </Field>
        {from === 'empty' && (
          <>
            <BilingualField
              label={words.title}
              value={title}
              issueOf={(language) => issue(`title.${language}`)}
              onChange={setTitle}
            />
            <BilingualField
              label={words.introduction}
              rows={4}
              value={introduction}
              issueOf={(language) => issue(`introduction.${language}`)}
              onChange={setIntroduction}
            />
          </>
        )}
        {from === 'copy' && (
          <SelectField
            label={words.source}
            hint={words.copyHint}
            value={assignmentId}
            options={[
              ['', words.chooseSource],
              ...sources.map(({ id, title, course }) => [id, `${told(course)} · ${told(title)}`] as const),
            ]}
            onChange={setAssignmentId}
          />
        )}
        {from === 'file' && (
          <Field label={words.file} hint={words.fileHint}>
            {(control) => (
              <input
                {...control}
                type="file"
                accept=".yaml,.yml,.json,.zip"
                className="max-w-full text-13"
                onChange={async ({ target }) => {
                  const [chosen] = target.files ?? []
                  setWrong([])
                  if (!chosen) setFile(null)
                  else if (/\.zip$/i.test(chosen.name)) setFile(chosen)
                  else setFile({ name: chosen.name, text: await chosen.text() })
                }}
              />
            )}
          </Field>
        )}
        <div role="status">
          {problem && <p className="text-wrong">{problem}</p>}
          {differing.length > 0 && <DifferingPictures course={course} pictures={differing} />}
          {wrong.length > 0 && (
            <>
              <p className="text-wrong">{words.refusedFile(wrong.length)}</p>
              <Scrolling label={words.refusedFile(wrong.length)} className="mt-1 max-h-60 text-13">
                <ul lang="en">
                  {wrong.map(({ line, path, message }) => (
                    <li key={`${line} ${path} ${message}`} className="break-words">
                      {line !== null && <span className="font-[560]">{words.line(line)} </span>}
                      {path !== '' && <code>{path}</code>} {message}
                    </li>
                  ))}
                </ul>
              </Scrolling>
            </>
          )}
        </div>
        <div>
          <button type="submit" className="button button-accent" disabled={working || !isChosen}>
            {working ? words.working : words.makeAssignment}
          </button>
        </div>
      </form>
    </section>
  )
}
