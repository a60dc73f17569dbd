export { openVault } from "./open-vault.ts";
export { rotateKeys } from "./rotate-keys.ts";
export type { TokenClaims, TokenPurpose, Vault } from "./vault.ts";
