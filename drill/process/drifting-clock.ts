// Loaded before a server of the drill: its clock is wrong by as much as its parent says last.
const RealDate = Date;
let driftMs = 0;

process.on('message', (message: unknown) => {
  if (typeof message === 'object' && message !== null && 'driftMs' in message) {
    driftMs = Number(message.driftMs);
  }
});
// Listening to the parent is no reason to live on.
process.channel?.unref();

const now = (): number => RealDate.now() + driftMs;

globalThis.Date = new Proxy(RealDate, {
  construct(target, args, newTarget) {
    const made: object = Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget);
    return made;
  },
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver): unknown =>
    name === 'now' ? now : Reflect.get(target, name, receiver),
});
