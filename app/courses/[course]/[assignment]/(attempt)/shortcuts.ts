'use client'

import { useEffect, useSyncExternalStore } from 'react'

export interface ShortcutActions {
  readonly previous: () => void
  readonly next: () => void
  readonly flag: () => void
  readonly help: () => void
  readonly map: () => void
}

const SETTING = 'vitrine:single-keys'
const listeners = new Set<() => void>()

/**
 * Keys of the question page. Arrow keys always work; keys that are characters can be switched off
 * (WCAG 2.2, 2.1.4), because speech input and tremor press them by accident.
 */
export function useShortcuts(actions: ShortcutActions): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const target = event.target instanceof Element ? event.target : document.body
      if (target.closest('[data-own-keys], [role="dialog"], textarea, select')) return
      if (act(event, target, actions)) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [actions])
}

/** Whether character keys act. Kept in this browser. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, singleKeysOn, () => true)
  return [
    on,
    (next) => {
      try {
        localStorage.setItem(SETTING, next ? 'on' : 'off')
      } catch {
        // Storage is off: the setting cannot be kept.
      }
      for (const listener of listeners) listener()
    },
  ]
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(SETTING) !== 'off'
  } catch {
    return true
  }
}

/** @returns whether the key meant something here. */
function act(event: KeyboardEvent, target: Element, actions: ShortcutActions): boolean {
  if (event.key === 'ArrowLeft') return run(actions.previous)
  if (event.key === 'ArrowRight') return run(actions.next)
  // From the question's heading, where moving between questions puts the focus, down leads to its options.
  if (event.key === 'ArrowDown' && target.matches('[data-question-heading]')) return focusFirstOption()
  if (event.shiftKey && event.key !== '?') return false
  if (!singleKeysOn()) return false
  if (/^[1-9]$/.test(event.key)) return pressOption(Number(event.key), target)
  if (event.key === 'f' || event.key === 'F') return run(actions.flag)
  if (event.key === 'm' || event.key === 'M') return run(actions.map)
  if (event.key === '?') return run(actions.help)
  return false
}

function run(action: () => void): true {
  action()
  return true
}

function options(within: ParentNode): HTMLInputElement[] {
  return [...within.querySelectorAll<HTMLInputElement>('[data-option]')]
}

function focusFirstOption(): boolean {
  const all = options(document)
  const option = all.find((input) => input.checked) ?? all[0]
  option?.focus()
  return option !== undefined
}

/** Of several parts, a number means the one in focus, else the first that has no answer, else the first. */
function pressOption(number: number, target: Element): boolean {
  const parts = [...document.querySelectorAll('[data-part]')]
  const part =
    target.closest('[data-part]') ??
    parts.find((candidate) => !options(candidate).some((input) => input.checked)) ??
    parts[0]
  const option = part && options(part)[number - 1]
  if (!option || option.disabled) return false
  option.focus()
  option.click()
  return true
}
