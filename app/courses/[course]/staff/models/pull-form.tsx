'use client'

import { Download } from 'lucide-react'
import { useId, useState } from 'react'
import { showBytes } from '@/app/components/show-bytes'
import {
  defaultRevision,
  isRepository,
  isRevision,
  longestRepository,
  longestRevision,
} from '@/lib/models/hub/names'
import { modelLimits } from '@/lib/models/limits'
import { modelNameLike, modelNamePattern } from '@/lib/models/model-name'
import { ModelField, ModelNameField } from './model-field'
import { useModelMessages } from './use-model-messages'
import { useModelRequests } from './use-model-requests'

/**
 * Takes the name of a repository, never an address, and says beforehand what is fetched of it.
 * @param hub the host that it is fetched from
 */
export function PullForm({ course, hub }: { course: string; hub: string }) {
  const words = useModelMessages()
  const { pull, working, problem } = useModelRequests(course)
  const [repository, setRepository] = useState('')
  const [revision, setRevision] = useState('')
  /** null: as the repository is called. */
  const [chosenName, setChosenName] = useState<string | null>(null)
  const id = useId()
  const name = chosenName ?? modelNameLike(repository.split('/')[1] ?? '')
  const isNamed = modelNamePattern.test(name)
  const isAsked = isRepository(repository) && (revision === '' || isRevision(revision))
  return (
    <section aria-labelledby={`${id}-title`} className="case mt-6 px-5 py-5">
      <h2 id={`${id}-title`} className="text-21 font-[580]">
        {words.pull}
      </h2>
      <p className="mt-1 max-w-[68ch] text-quiet">{words.pullLead(hub)}</p>
      <ul className="mt-2 max-w-[68ch] list-disc pl-5 text-13 text-quiet">
        {words.pullFacts(showBytes(modelLimits.unpacked)).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <form
        noValidate
        className="mt-4 grid gap-4 sm:grid-cols-2"
        onSubmit={async (event) => {
          event.preventDefault()
          if (!isAsked || !isNamed) return
          if (!(await pull({ name, repository, revision: revision || defaultRevision }))) return
          setRepository('')
          setRevision('')
          setChosenName(null)
        }}
      >
        <ModelField id={`${id}-repository`} label={words.repository} hint={words.repositoryHint}>
          <input
            id={`${id}-repository`}
            className="field mt-1"
            value={repository}
            maxLength={longestRepository}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            disabled={working}
            aria-describedby={`${id}-repository-hint`}
            aria-invalid={repository !== '' && !isRepository(repository)}
            onChange={({ target }) => setRepository(target.value.trim())}
          />
        </ModelField>
        <ModelField id={`${id}-revision`} label={words.revision} hint={words.revisionHint}>
          <input
            id={`${id}-revision`}
            className="field mt-1"
            value={revision}
            maxLength={longestRevision}
            placeholder={defaultRevision}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            disabled={working}
            aria-describedby={`${id}-revision-hint`}
            aria-invalid={revision !== '' && !isRevision(revision)}
            onChange={({ target }) => setRevision(target.value.trim())}
          />
        </ModelField>
        <ModelNameField
          id={`${id}-name`}
          label={words.nameHere}
          value={name}
          disabled={working}
          onChange={setChosenName}
        />
        <div className="flex flex-wrap items-center gap-4 sm:col-span-2">
          <button type="submit" className="button button-accent" disabled={working || !isAsked || !isNamed}>
            <Download size={16} aria-hidden="true" />
            {words.startPull}
          </button>
          <p role="status" className="text-13 text-wrong">
            {problem}
          </p>
        </div>
      </form>
    </section>
  )
}
