'use client'

import { useMessages } from '@/app/components/preferences'
import { Sheet } from '@/app/components/sheet'
import { useSingleKeys } from './shortcuts'

export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { shortcuts } = useMessages()
  const [singleKeys, setSingleKeys] = useSingleKeys()
  const rows: readonly (readonly [keys: readonly string[], meaning: string])[] = [
    [['1', '…', '9'], shortcuts.choose],
    [['↑', '↓'], shortcuts.move],
    [['←', '→'], shortcuts.between],
    [['F'], shortcuts.flag],
    [['M'], shortcuts.map],
    [['↑', '↓', '←', '→'], shortcuts.superpixels],
    [['?'], shortcuts.help],
  ]
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={shortcuts.title} place="middle">
      <dl className="grid gap-2">
        {rows.map(([keys, meaning]) => (
          <div
            key={meaning}
            className="flex items-center justify-between gap-6 border-b py-1.5 last:border-b-0"
          >
            <dt className="text-quiet">{meaning}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-7 rounded-[6px] border border-edge bg-raised px-1.5 py-0.5 text-center font-sans text-13"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className="mt-5 flex items-start gap-3 rounded-card border p-3.5">
        <input
          type="checkbox"
          className="tick"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
        <span>
          <span className="block font-[560]">{shortcuts.enable}</span>
          <span className="block text-13 text-quiet">{shortcuts.enableHint}</span>
        </span>
      </label>
    </Sheet>
  )
}
