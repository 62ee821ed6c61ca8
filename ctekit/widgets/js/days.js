// Days as people say them: 2029-06-30 is June 30, 2029. They are typed in any form, and the kernel reads them.

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** A day in words; what is none stays as it is. */
export function dayInWords(day) {
  const [, year, month, date] = String(day ?? "").match(ISO) || [];
  return year ? `${MONTHS[Number(month) - 1]} ${Number(date)}, ${year}` : (day ?? "");
}
