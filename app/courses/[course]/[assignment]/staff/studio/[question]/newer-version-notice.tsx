'use client'

import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import { Scrolling } from '@/app/components/scrolling'
import type { Language } from '@/app/messages/language'
import { versionOf } from '@/lib/studio/draft'
import { isSameDraft } from '@/lib/studio/same-draft'
import { useStudioMessages } from '../messages/use-studio-messages'
import { VersionDifference } from '../version-difference'
import type { PublishedDraft } from './publish-dialog'
import type { DraftEditing } from './use-draft'

interface Words {
  readonly title: (version: number) => string
  readonly hint: string
  readonly differences: (version: number) => string
  readonly figure: string
  readonly mine: string
  readonly theirs: (version: number) => string
}

const dictionaries: Readonly<Record<Language, Words>> = {
  en: {
    title: (version) => `Version ${version} was published after this draft was begun`,
    hint: 'As when a model is swapped. Publishing the draft would put its figure, key and texts in the place of that version’s.',
    differences: (version) => `What differs: version ${version}, then the draft`,
    figure: 'Go on with the draft and the new figure',
    mine: 'Go on with the draft as it is',
    theirs: (version) => `Go on with version ${version}`,
  },
  zh: {
    title: (version) => `這份草稿開始之後，已發布版本 ${version}`,
    hint: '例如替換了模型。發布草稿時，會以草稿的圖、答案與文字取代那個版本。',
    differences: (version) => `差異：版本 ${version}，然後是草稿`,
    figure: '繼續寫草稿，並換成新的圖',
    mine: '繼續寫草稿，保持原樣',
    theirs: (version) => `改用版本 ${version}`,
  },
}

/** A version has come since the draft was begun, and left it alone: what differs, and what to go on with. */
export function NewerVersionNotice({
  editing,
  published,
  onDiscard,
}: {
  editing: DraftEditing
  published: PublishedDraft | null
  onDiscard: () => Promise<boolean>
}) {
  const words = dictionaries[usePreferences().language.interface]
  const { actions } = useStudioMessages()
  const [failed, setFailed] = useState(false)
  const { draft, basedOn, state } = editing
  const isOlder = published !== null && basedOn < published.version && state.status !== 'conflict'
  if (!isOlder || isSameDraft(published.draft, draft)) return null
  const { version } = published
  const hasOtherFigure = JSON.stringify(published.draft.figureSpec) !== JSON.stringify(draft.figureSpec)
  const withNewFigure = () => {
    editing.edit((known) => ({ ...known, figureSpec: published.draft.figureSpec }))
    void editing.keepMine(version)
  }
  return (
    <section
      aria-labelledby="newer-version"
      className="mb-5 rounded-card border border-warn/50 bg-warn-soft px-4 py-4"
    >
      <h2 id="newer-version" className="flex items-center gap-2 font-[580]">
        <TriangleAlert size={18} aria-hidden="true" className="shrink-0 text-warn" />
        {words.title(version)}
      </h2>
      <p className="mt-1 text-13">{words.hint}</p>
      <details className="mt-3">
        <summary className="min-h-6 cursor-pointer text-13 font-[540]">{words.differences(version)}</summary>
        <Scrolling
          label={words.differences(version)}
          className="mt-2 max-h-96 rounded-card border bg-paper p-4"
        >
          <VersionDifference before={versionOf(published.draft)} after={versionOf(draft)} />
        </Scrolling>
      </details>
      <div className="mt-4 flex flex-wrap gap-3">
        {hasOtherFigure && (
          <button type="button" className="button" onClick={withNewFigure}>
            {words.figure}
          </button>
        )}
        <button type="button" className="button" onClick={() => void editing.keepMine(version)}>
          {words.mine}
        </button>
        <button type="button" className="button" onClick={async () => setFailed(!(await onDiscard()))}>
          {words.theirs(version)}
        </button>
        {failed && (
          <p role="alert" className="w-full text-13 text-wrong">
            {actions.discardFailed}
          </p>
        )}
      </div>
    </section>
  )
}
