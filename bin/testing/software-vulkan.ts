import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

/** Where packages of Chromium and Chrome put what their programs load. */
const PROGRAM_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome']
const DRIVER = 'vk_swiftshader_icd.json'
const LOADER = 'libvulkan.so.1'
const LOADER_CACHE = '/etc/ld.so.cache'

/** Variables with which a process finds a Vulkan device that needs no card. */
export type VulkanEnvironment = Readonly<Record<'VK_ICD_FILENAMES' | 'VK_DRIVER_FILES', string>> & {
  readonly LD_LIBRARY_PATH?: string
}

/**
 * SwiftShader, a Vulkan device on the processor, as every Chromium carries it; with the Vulkan loader beside it, or the
 * system's.
 * @returns the environment for a process that shall use it, or why there is none
 */
export function findSoftwareVulkan(): VulkanEnvironment | { readonly obstacle: string } {
  if (process.platform !== 'linux') return { obstacle: 'SwiftShader is only looked for on Linux' }
  const folders = [process.env.CHROMIUM_PATH, chromium.executablePath()]
    .filter((program) => program && existsSync(program))
    .map((program) => path.dirname(realpathSync(program!)))
  const folder = [...folders, ...PROGRAM_FOLDERS].find((place) => existsSync(path.join(place, DRIVER)))
  if (!folder)
    return {
      obstacle:
        'no Chromium with SwiftShader is installed (npm test installs one, or CHROMIUM_PATH names it)',
    }
  const driver = path.join(folder, DRIVER)
  // The second is what newer loaders read.
  const found = { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver }
  if (existsSync(path.join(folder, LOADER))) return { ...found, LD_LIBRARY_PATH: folder }
  if (existsSync(LOADER_CACHE) && readFileSync(LOADER_CACHE).includes(LOADER)) return found
  return { obstacle: `${LOADER} is neither in ${folder} nor on the system (apt-get install libvulkan1)` }
}
