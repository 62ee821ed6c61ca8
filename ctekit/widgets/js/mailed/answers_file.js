// The file of answers, as `ctekit.mail` reads it: sealed with a sum, and taken in whole or not at all.

import { isText } from "../values.js";
import { crc32 } from "./crc.js";

const FORMAT = 1;
const UID = /^[0-9a-f]{32}$/;
const ROW = /^([a-z]{1,30}-\*?\d{1,9})?$/;
const FIELD = /^[a-z][a-z_]{0,59}(\/[a-z_]{1,60}(-\d{1,9})?)?$/;

/** @typedef {{uid: string, worksheet: string, row: string, field: string, value: any, at: string}} Entry one change, as files hold it */

/** What is wrong with a file that somebody wants to go on from, in words for people. */
export class WrongFile extends Error {}

export const isRow = (row) => isText(row) && ROW.test(row);

/**
 * Whether this is a change in one of these worksheets. No name that means something to JavaScript passes.
 * @param {Record<string, any>} specs by worksheet
 */
export function isEntry(entry, specs) {
  if (Object.keys(Object(entry)).sort().join() !== "at,field,row,uid,value,worksheet") return false;
  const { uid, worksheet, row, field, at } = entry;
  return isText(uid) && UID.test(uid) && isText(worksheet) && Object.hasOwn(specs, worksheet) && isRow(row) && isText(field) && FIELD.test(field) && isText(at);
}

/**
 * @param {any} header of the page
 * @param {Entry[]} entries
 */
export function answersText({ mail, partnership, to }, entries) {
  const head = `${JSON.stringify({ ctekit: "answers", format: FORMAT, mail, partnership, to, entries }).slice(0, -1)},"end":"`;
  return `${head}${crc32(head)}"}`;
}

/**
 * The entries of a file that the page with this header and these worksheets saved; of any other it is told what it is.
 * @param {string} text
 * @returns {Entry[]}
 */
export function readAnswersFile(text, header, specs) {
  const end = text.match(/^([^]*"end":")([0-9a-f]{8})"\}$/);
  if (!text.startsWith('{"ctekit":"answers"')) throw new WrongFile("This is not a file of answers. Nothing was changed. Choose a file that “Save my answers” made here.");
  if (!end || crc32(end[1]) !== end[2]) throw new WrongFile("This file was cut or changed since it was saved. Nothing was changed here. Choose another copy of it.");
  const { format, mail, entries } = dataOf(text);
  if (mail !== header.mail) throw new WrongFile("This file was made by another mailed worksheet. Nothing was changed. Choose a file that “Save my answers” made here.");
  if (format !== FORMAT || !Array.isArray(entries) || !entries.every((entry) => isEntry(entry, specs)))
    throw new WrongFile("This file holds what this page never saves. Nothing was changed. Choose a file that “Save my answers” made here.");
  return entries;
}

function dataOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
