/** Why a backup was not written, cannot be believed, or cannot be restored here: a sentence for the person who asked. */
export class BackupUnusable extends Error {
  override readonly name = "BackupUnusable";
}
