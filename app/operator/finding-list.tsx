import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import type { Finding } from '@/lib/operations/findings'
import type { OperatorMessages } from './messages/messages'

/** Whether all is well; what is not, each with what to do. */
export function FindingList({ findings, words }: { findings: readonly Finding[]; words: OperatorMessages }) {
  const troubles = findings.filter(({ level }) => level === 'trouble').length
  const attentions = findings.length - troubles
  if (findings.length === 0)
    return (
      <section data-testid="health" className="case mt-6 flex items-center gap-4 px-5 py-4">
        <CircleCheck size={28} aria-hidden="true" className="shrink-0 text-accent" />
        <div>
          <h2 className="text-17 font-[580]">{words.well}</h2>
          <p className="text-quiet">{words.wellLead}</p>
        </div>
      </section>
    )
  const heading = [
    troubles > 0 && words.troubles(troubles),
    attentions > 0 && words.attentions(attentions),
  ].filter(Boolean)
  return (
    <section data-testid="health" className="case mt-6 px-5 py-4" aria-labelledby="health">
      <h2 id="health" className="text-17 font-[580]">
        {heading.join(' · ')}
      </h2>
      <ul className="mt-2 divide-y">
        {findings.map(({ code, level, facts }) => {
          const isTrouble = level === 'trouble'
          const Sign = isTrouble ? CircleAlert : TriangleAlert
          return (
            <li key={`${code} ${Object.values(facts).join()}`} className="flex gap-3 py-3">
              <Sign
                size={20}
                role="img"
                aria-label={words.levels[level]}
                className={`mt-0.5 shrink-0 ${isTrouble ? 'text-wrong' : 'text-warn'}`}
              />
              <div className="min-w-0">
                <p className="font-[540] break-words">{words.findings[code].says(facts)}</p>
                <p className="text-quiet">{words.findings[code].do}</p>
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
