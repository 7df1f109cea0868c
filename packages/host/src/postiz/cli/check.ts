import { HookError } from '../../calls/hook-error.ts';
import { createPostizApi, PostizError } from '../api/postiz-api.ts';
import type { Config } from './config.ts';
import { connect } from './connect.ts';

type Say = (line: string) => void;

/** Looks whether everything that a start needs is there; false when something is not. */
export async function check(config: Config, say: Say): Promise<boolean> {
  const isPostizWell = await checkPostiz(config, say);
  const isRetainerWell = await checkRetainer(config, say);
  return isPostizWell && isRetainerWell;
}

async function checkPostiz(config: Config, say: Say): Promise<boolean> {
  const { url, apiPath, apiKey } = config.postiz;
  const postiz = createPostizApi({ url: `${url}${apiPath}`, apiKey });
  try {
    await postiz.isConnected();
    const channels = await postiz.listChannels();
    say(`ok    Postiz answers at ${url}${apiPath}, ${channels.length} channels`);
    for (const { name, identifier, customer } of channels) {
      if (!customer)
        say(`note  ${name} on ${identifier} has no customer: its posts are not limited`);
      else if (!config.clients[customer.id]) {
        say(
          `note  ${customer.name} (${customer.id}) came after init: ${config.newCustomers === 'register' ? 'the start registers it under this id' : 'its posts are not limited'}`,
        );
      }
    }
    return true;
  } catch (cause) {
    if (!(cause instanceof PostizError)) throw cause;
    say(`FAIL  ${cause.message}`);
    return false;
  }
}

async function checkRetainer(config: Config, say: Say): Promise<boolean> {
  const { hooks } = connect(config);
  let isWell = true;
  for (const { clientWorkspaceId, name } of Object.values(config.clients)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- few, and each is told of by itself
      const { decision, reasons } = await hooks.check({
        clientWorkspaceId,
        publishNow: true,
        platforms: [],
      });
      const why = decision === 'deny' ? `denied now: ${reasons[0]?.message ?? ''}` : 'may post';
      say(`ok    ${name} (${clientWorkspaceId}): ${why}`);
    } catch (cause) {
      if (!(cause instanceof HookError)) throw cause;
      isWell = false;
      say(`FAIL  ${name} (${clientWorkspaceId}): ${cause.message}`);
    }
  }
  return isWell;
}
