import type { ProgressStep, ReportProgress } from '@/lib/explainers/evidence'

const words: Record<ProgressStep, string> = {
  loading: 'loading the model',
  superpixels: 'cutting into superpixels',
  'perturbed-copies': 'perturbed copies',
  regression: 'fitting the regression',
  gradient: 'gradient',
  'noisy-copies': 'noisy copies',
  path: 'pictures on the path',
  activation: 'activation',
  optimisation: 'steps of the optimisation',
  'reading-text': 'reading the text',
  'reading-corpus': 'sentences of the corpus',
  'testing-map': 'testing the map, hundredths of a test',
  drawing: 'drawing',
}

/** One line that is written over; nothing where the stream is no terminal. */
export function showProgress(stream: NodeJS.WriteStream): { report: ReportProgress; end: () => void } {
  if (!stream.isTTY) return { report: () => {}, end: () => {} }
  const clear = '\r\u001b[K'
  return {
    report: (step, done, total) =>
      stream.write(
        `${clear}${words[step]}${total > 1 ? ` ${done.toLocaleString('en')} / ${total.toLocaleString('en')}` : ''}`,
      ),
    end: () => stream.write(clear),
  }
}
