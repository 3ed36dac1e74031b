// Runs exported ONNX models in ONNX Runtime on the sample rows of their certificates and says, one line of JSON a file, how far
// its answers are from the model's. Arguments: FILE.onnx ..., each with FILE.onnx.certificate.json beside it.
// The package onnxruntime-node is looked for from the folder that ONNXRUNTIME_FROM names, else from the current one.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

let runtime
try {
  runtime = createRequire(join(process.env.ONNXRUNTIME_FROM ?? process.cwd(), 'from.js'))('onnxruntime-node')
} catch (error) {
  console.log(JSON.stringify({ absent: true, error: String(error.message).split('\n')[0] }))
  process.exit(0)
}

const arrays = { float32: Float32Array, float64: Float64Array, int64: BigInt64Array }

function tensor({ type, shape, values }) {
  if (type === 'string') return new runtime.Tensor('string', values, shape)
  const numbers = values.map((value) => (value === null ? NaN : value))
  return new runtime.Tensor(type, type === 'int64' ? BigInt64Array.from(numbers.map(BigInt)) : arrays[type].from(numbers), shape)
}

function difference(expected, found) {
  if (expected === null || Number.isNaN(found)) return expected === null && Number.isNaN(found) ? 0 : Infinity
  return Math.abs(expected - found) / Math.max(1, Math.abs(expected))
}

// Labels may differ where two classes are nearly equal: then their probabilities, which are compared too, say so.
function isNearlyEqual(certificate, found, row) {
  const probabilities = certificate.expected.find((output) => output.name.startsWith('probabilities'))
  if (!probabilities) return true
  const width = probabilities.shape[1]
  const own = probabilities.values.slice(row * width, (row + 1) * width).sort((a, b) => b - a)
  return own[0] - own[1] < 1e-4
}

for (const path of process.argv.slice(2)) {
  const result = { file: path, runtime: `onnxruntime-node ${runtime.env.versions?.node ?? ''}`.trim(), largest_difference: 0, labels_that_differ: 0 }
  try {
    const certificate = JSON.parse(readFileSync(`${path}.certificate.json`, 'utf8'))
    const session = await runtime.InferenceSession.create(path, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 })
    const found = await session.run(Object.fromEntries(certificate.inputs.map((input) => [input.name, tensor(input)])))
    for (const output of certificate.expected) {
      const { data, dims } = found[output.name]
      if (dims.join() !== output.shape.join()) throw new Error(`Output ${output.name} has shape [${dims}] instead of [${output.shape}].`)
      for (let i = 0; i < output.values.length; i++) {
        if (output.type === 'string') result.labels_that_differ += data[i] !== output.values[i] && !isNearlyEqual(certificate, found, i) ? 1 : 0
        else result.largest_difference = Math.max(result.largest_difference, difference(output.values[i], Number(data[i])))
      }
    }
    await session.release()
  } catch (error) {
    result.error = String(error.message)
  }
  if (result.largest_difference === Infinity) result.largest_difference = 1e300
  console.log(JSON.stringify(result))
}
