/** Texts that a web application firewall must not let pass, with the group of rules that is to stop each. */
export const attacks = [
  { group: '942', text: "' OR '1'='1" },
  { group: '942', text: "1' OR 1=1 -- -" },
  { group: '942', text: "x'; DROP TABLE users; --" },
  { group: '942', text: '1 UNION ALL SELECT email, display_name FROM users' },
  { group: '942', text: "1' AND SLEEP(5) -- " },
  { group: '941', text: '<script>alert(1)</script>' },
  { group: '941', text: '<img src=x onerror=alert(document.cookie)>' },
  { group: '941', text: '<svg/onload=alert(1)>' },
  { group: '941', text: '"><iframe src="javascript:alert(1)"></iframe>' },
] as const;
