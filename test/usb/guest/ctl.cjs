'use strict'
// Inside the guest: talks to the run outside over the virtio console.
const { openSync, writeSync } = require('node:fs')
const { ReadStream } = require('node:tty')

let stream
let file
let count = 0
let rest = ''
const waiting = new Map()

function heard(line) {
  let message
  try {
    message = JSON.parse(line)
  } catch {
    return
  }
  const waiter = waiting.get(message.id)
  if (!waiter) return
  waiting.delete(message.id)
  if (waiting.size === 0) stream.unref()
  if (message.error) waiter.reject(new Error(message.error))
  else waiter.resolve(message.result)
}

function open() {
  if (stream) return
  file = openSync('/dev/hvc0', 'r+')
  stream = new ReadStream(file)
  stream.setEncoding('utf8')
  stream.on('data', (text) => {
    const parts = `${rest}${text}`.split('\n')
    rest = parts.pop()
    parts.forEach(heard)
  })
}

function request(message) {
  open()
  stream.ref()
  return new Promise((resolve, reject) => {
    waiting.set(++count, { resolve, reject })
    writeSync(file, `${JSON.stringify({ ...message, id: count })}\n`)
  })
}

/** Runs a command of the emulator that this guest lives in. */
exports.qmp = (execute, args) => request({ qmp: execute, args })
/** Calls a handler of the run outside. */
exports.call = (name, ...args) => request({ call: name, args })
exports.close = () => stream?.destroy()
