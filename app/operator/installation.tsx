import type { ReactNode } from 'react'
import { Moment } from '@/app/components/local-time'
import { showBytes } from '@/app/components/show-bytes'
import { number } from '@/app/messages/counting'
import type { ShownSetting } from '@/lib/operations/shown-settings'
import type { DatabaseView, DiskView, OperationsOverview } from '@/lib/operations/view'
import type { OperatorMessages } from './messages/messages'

/** Evidence, figures and large files: how many, how large. */
export function KeptSection({
  overview: { stores, objects },
  words,
}: {
  overview: OperationsOverview
  words: OperatorMessages
}) {
  const lines = [
    ...stores.map(({ name, count, bytes }) => ({ name: words.stores[name], count, bytes })),
    ...objects.map(({ bucket, objects: count, bytes }) => ({ name: words.objectsIn(bucket), count, bytes })),
  ]
  return (
    <Section id="kept" title={words.kept} lead={words.keptLead}>
      <SizeTable
        columns={[words.what, words.count, words.size]}
        lines={lines.map(({ name, count, bytes }) => ({ name, rows: number(count), bytes }))}
      />
    </Section>
  )
}

export function DiskSection({ disk, words }: { disk: DiskView; words: OperatorMessages }) {
  const used = disk.size - disk.free
  const share = disk.size > 0 ? used / disk.size : 0
  return (
    <Section id="disk" title={words.disk} lead={words.diskLead(disk.folder)}>
      <div className="mt-4 flex items-baseline justify-between text-13">
        <span className="numbers font-[540]">{words.freeOf(showBytes(disk.free), showBytes(disk.size))}</span>
        <span className="numbers text-quiet">{Math.round(100 * share)} %</span>
      </div>
      <div aria-hidden="true" className="mt-1 h-2 overflow-hidden rounded-full bg-hairline">
        <div className="h-full bg-accent" style={{ width: `${100 * share}%` }} />
      </div>
      <SizeTable
        columns={[words.what, null, words.size]}
        lines={disk.parts.map(({ name, bytes }) => ({ name: nameOfPart(name, words), rows: null, bytes }))}
      />
    </Section>
  )
}

/** The embedded PostgreSQL lies in a folder that is named by its version. */
function nameOfPart(name: string, words: OperatorMessages): string {
  const known = words.parts[name.startsWith('postgresql-') ? 'postgresql' : name]
  return known ?? name
}

export function DatabaseSection({ database, words }: { database: DatabaseView; words: OperatorMessages }) {
  const { version, bytes, connections, connectionLimit, longestTransaction, lastBackupAt, tables } = database
  const facts: readonly (readonly [label: string, value: ReactNode])[] = [
    [words.version, `PostgreSQL ${version}`],
    [words.databaseSize, showBytes(bytes)],
    [words.connections, words.connectionsOf(connections, connectionLimit)],
    [words.longestTransaction, longestTransaction === null ? words.none : words.duration(longestTransaction)],
    [words.lastBackup, lastBackupAt === null ? words.never : <Moment key="backup" iso={lastBackupAt} />],
  ]
  return (
    <div className="mt-12 grid gap-x-12 gap-y-6 lg:grid-cols-2">
      <Section id="database" title={words.database}>
        <dl className="mt-3 border-t">
          {facts.map(([label, value]) => (
            <div key={label} className="flex justify-between gap-4 border-b py-2">
              <dt className="text-quiet">{label}</dt>
              <dd className="numbers text-right break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <section aria-labelledby="tables">
        <h3 id="tables" className="font-[560] lg:mt-1.5">
          {words.largestTables}
        </h3>
        <SizeTable
          columns={[words.what, words.rows, words.size]}
          lines={tables.map(({ name, rows, bytes: size }) => ({ name, rows: number(rows), bytes: size }))}
        />
      </section>
    </div>
  )
}

export function SettingsSection({
  settings,
  words,
}: {
  settings: readonly ShownSetting[]
  words: OperatorMessages
}) {
  return (
    <details className="mt-12 border-t pt-4">
      <summary className="cursor-pointer text-17 font-[560]">{words.settings}</summary>
      <p className="mt-1 text-quiet">{words.settingsLead}</p>
      <dl className="mt-3 grid gap-x-12 text-13 lg:grid-cols-2">
        {settings.map(({ name, value }) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4 border-b py-1.5">
            <dt lang="en">{name}</dt>
            <dd className={`text-right break-all ${value === null ? 'text-quiet' : ''}`}>
              {value ?? words.notSet}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function Section({
  id,
  title,
  lead,
  children,
}: {
  id: string
  title: string
  lead?: string
  children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="text-21 font-[580]">
        {title}
      </h2>
      {lead && <p className="mt-1 break-words text-quiet">{lead}</p>}
      {children}
    </section>
  )
}

/** Names with sizes, and a bar of the size beside each. @param columns null: there is no such column */
function SizeTable({
  columns: [what, count, size],
  lines,
}: {
  columns: readonly [what: string, count: string | null, size: string]
  lines: readonly { readonly name: string; readonly rows: string | null; readonly bytes: number }[]
}) {
  const largest = Math.max(1, ...lines.map(({ bytes }) => bytes))
  return (
    <table className="mt-3 w-full">
      <thead>
        <tr className="border-b text-left text-13 text-quiet">
          <th scope="col" className="py-2 font-normal">
            {what}
          </th>
          {count !== null && (
            <th scope="col" className="py-2 pl-4 text-right font-normal">
              {count}
            </th>
          )}
          <th scope="col" className="py-2 pl-4 text-right font-normal">
            {size}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, rows, bytes }) => (
          <tr key={name} className="border-b">
            <th scope="row" className="py-2 text-left font-normal break-words">
              {name}
              <span aria-hidden="true" className="mt-1 block h-0.5 max-w-48">
                <span
                  className="block h-full rounded-full bg-accent opacity-50"
                  style={{ width: `${(100 * bytes) / largest}%` }}
                />
              </span>
            </th>
            {count !== null && <td className="numbers py-2 pl-4 text-right align-top">{rows}</td>}
            <td className="numbers py-2 pl-4 text-right align-top whitespace-nowrap">{showBytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
