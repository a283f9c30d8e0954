import { combinePhrases, splitPhrases, type WordList } from "./word-list.ts";

/**
 * Phrases that speak of a death. Many strangers write to a bereaved family after a filing, so a
 * letter that mentions the death does harm.
 */
export const bereavementWords: WordList = [
  {
    phrases: [
      ...combinePhrases(
        "my, our, my deepest, our deepest, my sincere, our sincere, deepest, sincere, heartfelt, please accept my, please accept our",
        "condolences, condolence, sympathy, sympathies",
      ),
      ...combinePhrases(
        "sorry for, sorry about, sorry to hear about, sorry to hear of, sorry to learn of",
        "your loss, the loss, your recent loss, the passing, the death, your father, your mother, your husband, your wife, your parents, your parent, your relative, your family's loss",
      ),
      ...combinePhrases(
        "your late, the late",
        "husband, wife, spouse, father, mother, parent, parents, brother, sister, uncle, aunt, grandfather, grandmother, owner, mr, mrs, ms",
      ),
      ...combinePhrases(
        "the passing of, the recent passing of, the death of, the recent death of, the loss of, lost",
        "your husband, your wife, your spouse, your father, your mother, your parent, your parents, your brother, your sister, your uncle, your aunt, your grandfather, your grandmother, your loved one, your relative, a loved one, a family member",
      ),
      ...splitPhrases(
        "condolences, passed away, recently passed, has died, recently deceased, the deceased, the decedent, estate of the late, during this difficult time, in this difficult time, at this difficult time, time of grief, time of loss, time of mourning, grieving, bereaved, bereavement, inherited from your, death certificate, obituary, probate case, probate filing, probate court, probate notice, probate records, mi pésame, nuestro pésame, mis condolencias, nuestras condolencias, sentido pésame, falleció, fallecimiento, su difunto, su difunta, lamento su pérdida",
      ),
    ],
    advice: "speaks of a death, which hurts when a stranger writes it; leave it out",
  },
];
