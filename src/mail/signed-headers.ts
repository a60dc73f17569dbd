/**
 * What a signature covers, said here rather than left to a default: RFC 8058 section 4 wants List-Unsubscribe and
 * List-Unsubscribe-Post both, and a signing library may know only the first.
 */
export const SIGNED_HEADERS = [
  "From",
  "Reply-To",
  "To",
  "Subject",
  "Date",
  "Message-ID",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "List-Id",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
  "Auto-Submitted",
].join(":");
