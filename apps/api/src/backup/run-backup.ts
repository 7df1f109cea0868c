import { backUpEmbedded, listBackups, restoreEmbedded } from '@retainer/core';

import { createLogger } from '../edge/logger.ts';
import { SettingsError, type Settings } from '../env.ts';
import type { BackupAsk } from './ask.ts';

/** Does what is asked, and says what was done. */
export async function runBackup(
  ask: BackupAsk,
  settings: Pick<Settings, 'backupDir' | 'dataDir'>,
  say: (line: string) => void,
): Promise<void> {
  const log = createLogger('error');
  const { backupDir, dataDir } = settings;
  if (backupDir === undefined) throw new SettingsError('Say in BACKUP_DIR where backups are.');
  switch (ask.verb) {
    case 'take': {
      const { folder, startedAt, endedAt } = await backUpEmbedded({ dataDir, backupDir, log });
      say(`${folder}: ${startedAt.toISOString()} to ${endedAt.toISOString()}`);
      return;
    }
    case 'list': {
      const all = await listBackups(backupDir);
      for (const { folder, endedAt } of all) say(`${folder}: from ${endedAt.toISOString()} on`);
      if (all.length === 0) say(`There is no base backup in ${backupDir}.`);
      return;
    }
    case 'restore': {
      const { into, to } = ask;
      const { base, lastCommitAt } = await restoreEmbedded({ backupDir, dataDir: into, to, log });
      const until = lastCommitAt
        ? `the commit of ${lastCommitAt.toISOString()}`
        : 'the backup itself';
      say(`restored ${base.folder} up to ${until} into ${into}`);
      return;
    }
  }
}
