import { type OptOutWords, splitWordList } from "./opt-out-words.ts";
import { englishPlainRequests } from "./plain-requests.ts";
import { englishRoundaboutRequests } from "./roundabout.ts";
import { englishSilenceRequests } from "./silence.ts";

const me =
  "(?:me|us|myself|(?:my|our|this|the above) (?:name|names|e-?mail|e-?mails|address|addresses|e-?mail address|info|information|details|data|contact(?: info| information| details)?)|xaddress)";
const sending =
  "(?:e-?mailing|mailing|contacting|messaging|writing|spamming|sending|bothering|harassing|soliciting|pestering|reaching out|(?:all|any|the|these|those|your|with the|with these|further) (?:more )?(?:e-?mails?|mails?|mailings|messages|communications?|correspondence|contact|spam|solicitations?|newsletters?|outreach))";
const mail =
  "(?:e-?mails?|mails?|mailings?|messages?|hear|contacted|e-?mailed|(?<!to )lists?|newsletters?|correspondence|communications?|solicitations?|solicited|spam|spammed|contact|marketing|updates|subscription)";

export const englishOptOutWords: OptOutWords = {
  requests: new RegExp(
    [
      "\\b(?:unsubscribe|un-subscribe|un subscribe|unsubcribe|unsuscribe|unsubscibe|unsubsribe|unsubscribing)\\b",
      "\\bunsubscribed\\b(?=.*\\b(?:please|want|like|wish|need|request)\\b)|\\b(?:please|want|like|wish|need|request)\\b.*\\bunsubscribed\\b",
      `\\b(?:remove|delete|drop|strike|scrub|erase|purge|exclude|cancel) ${me}\\b`,
      `\\b(?:take|get|keep|leave|cross) ${me} (?:off|out|of)\\b`,
      `\\b(?:take|get|cross) off ${me}\\b`,
      "\\b(?:remove|delete) from\\b.*\\blists?\\b|\\btake off\\b.*\\blists?\\b",
      `\\b(?:stop|quit|cease|discontinue|end|halt)(?: and desist)?(?: (?:from|all))? (?:(?:calling|texting)(?: me)?(?:,| and| or) )?${sending}`,
      "\\b(?:do not|don'?t|never|not to|quit|stop)(?: you)?(?: (?:ever|again|please|call or|text or|call,? text or|try to))* (?:contact|e-?mail|mail|write|message|send|bother|solicit|spam|harass|pester|reach out)\\b",
      "\\b(?:no|not any|without any) (?:more|further|additional|other|future) (?:unsolicited |marketing )?(?:e-?mails?|mails?|messages?|mailings?|contact|correspondence|communications?|solicitations?|spam|newsletters?)\\b",
      `\\b(?:do not|don'?t|no longer|never|not) (?:ever )?(?:want|wish|care|like|need|consent|agree|desire|would like)\\b.*\\b${mail}\\b`,
      `\\bprefer (?:not|to not)\\b.*\\b${mail}\\b|\\b(?:you|please) (?:do )?not (?:contact|e-?mail|write|message|send|mail)\\b|\\b(?:remove|take|delete) it (?:from|off)\\b.*\\blists?\\b`,
      `\\bnot interested in (?:receiving|getting|hearing)\\b`,
      `\\b(?:do not|don'?t|no longer|not) (?:\\w+ ){0,2}(?:receive|get)\\b.*\\b${mail}\\b(?=.*\\b(?:please|want|wish|like)\\b)`,
      "\\bopt(?:ing|ed)?[ -]?out\\b|\\bopt (?:me|us) out\\b",
      "\\bbe (?:removed|taken off|deleted|dropped|left alone|unsubscribed|excluded|opted out|off)\\b",
      "\\b(?:want|get|like) off\\b.*\\blists?\\b",
      "\\bleave (?:me|us) alone\\b|\\blose my (?:e-?mail|address|info|information|contact)\\b",
      "\\b(?:cancel|end|stop|terminate) (?:my|our|this|the) subscription\\b|\\bcancel (?:these|your|all) (?:e-?mails|mailings)\\b",
      "\\bdo[ -]not[ -](?:contact|e-?mail|mail|solicit|send)(?: list)?\\b",
      "\\b(?:withdraw|revoke) (?:my|our|any) consent\\b",
    ].join("|"),
  ),
  refusedRequests:
    /\b(?:do not|don'?t|never|not|no need to|why|did(?: not|n'?t)?|have(?: not|n'?t)?|who|instead of) (?:you |want to |wish to |i |we |please )*(?:remove|unsubscribe|take (?:me|us|my|our|this)|get (?:me|us) off|delete|stop|opt|be removed|be taken|be unsubscribed|unsubscribed|cancel|leave me alone|cease)\b|\bdo(?: not|n'?t) want to (?:be removed|unsubscribe|opt)|\bif\b(?! (?:you (?:would|could|can|will|do not|don't)|possible|i (?:could|can|may) be))/,
  stems:
    /^(?:remov|unsub|delet|e-?mail|contact|subscri|messag|stop|ceas|desist|receiv|request|ask)(?:e|es|s|ed|ing|er|ers|d|al|ion|ions|ption|ptions|be|bed|bing|ped|ping|tion|ive)?$/,
  vocabulary: splitWordList(`
    grateful law act gdpr ccpa regulation tcpa mine struck someone somebody number please
    a abd about above absolutely account actually add address addresses ads advertisement
    advertisements advertising advise again agencies agency agent agents ain't alert alerts all
    alone already also am an and annoy annoying any anymore anything anywhere appreciate appreciated
    aren't as asap ask asked asking at automated automatic automatically back be because become been
    begging being being's blast blasts blocked bother bothered broker brokerage business buy buying
    by call calling campaign campaigns can cancel cause cease circumstances clear client clients
    cold come coming communication communications companies company completely consent consider
    considered constantly contact contacted contacting contacting's contacts continue correspondence
    could crm cross current data database databases day days dear delete deleted demand demanding
    desire desist details didn't directly directory discontinue distribution do do-not-contact
    do-not-email doesn't don't dont drip drop dropped e-mail e-mailed e-mailing e-mails each
    effective else email emailed emailing emails end enough entirely entries entry erase estate ever
    every exclude excluded fast feel file files final finally first folks follow follow-up
    follow-ups following for forever form formally forms forthwith from further future get getting
    god's going gone gonna good gotta grateful greatly group guys had halt harass harassing has
    hasn't hassle hassling hate have have-not haven't hear hearing heaven's hello her hereby hey hi
    home house how i i'd i'll i'm i've id ids if immediate immediately in inbox inboxes including
    info information inquiries insist interested into inundated is isn't it its junk just keep kind
    kindly kindness kinds know last leave left legally lemme letter letters like list lists listserv
    ll longer lose love ma'am made mail mailed mailer mailers mailing mailings mails make manner
    many marketing may me me/us mean message messages messaging might mine moment more much must my
    myself name name's names need never newsletter newsletters no none nonstop nor not nothing
    notice notification notifications now number objection of off offer offers ok okay on once one
    ones opt opt-out opted opting optout or other our ourselves out outreach outreachs own part
    party peace permanent permanently permission pester pestering please pleased pleasee plese pls
    plz point polite politely possible prefer pretty prevent proceed process promotional promotions
    prompt promptly properties property purge put quit reach reaching real really realtor realtors
    realty receive receiving record records regarding related removal remove removed removing
    repeatedly reply report request request's requested requesting require residence respectfully
    rid right rights rolodex roster sale sales same say scrub second sell seller sellers selling
    send sending sent sequence seriously service several shall should sign signed simply since sir
    so solicit solicitation solicitations solicited soliciting solicitors some someone something
    sort space spam spammed spamming spot stop strike stuff subscribe subscribed subscriber
    subscription subscriptions such system system's systems take taken team terminate text texting
    texts thank thanks thankyou that that's the them there these thing things third this those
    thread threads thx time times tired to today together too total totally trouble try u un
    un-subscribe under unless-not unnecessary unsolicited unsubcribe unsubscibe unsubscribe
    unsubscribed unsubscribing unsubsribe unsuscribe unwanted updates ur us useless ve very via
    wanna want wanted was waste wasting way we we'd we'll we're what what's whatever where which
    while who who's whoever whole will willing wish wishing with within without won't wondering
    worthless would write writing xaddress ya yet you you'd you'll you're your yours yourself`),
  roundabout: englishRoundaboutRequests,
  plain: englishPlainRequests,
  silence: englishSilenceRequests,
  explicit:
    /\b(?:me|us|my|our|i|we|lists?|e-?mails?|mailings?|messages?|mail|e-?mailing|contacting|subscription|xaddress|contact|these)\b/,
  unmistakable:
    /\b(?:stop|quit|cease) (?:e-?mailing|contacting|writing|messaging|spamming|bothering|harassing)(?: to)? (?:me|us)\b|\bunsubscribe (?:me|us)\b|\b(?:remove|delete|take|strike|drop) (?:me|us|my (?:name|e-?mail|address|e-?mail address)|this (?:e-?mail|address|e-?mail address)|mine) (?:off|from|out)(?: of)? (?:\w+ )?(?:your|any|all|every|whatever)\b.*\b(?:lists?|database|records|mailings?|system|files|e-?mails?|contacts)\b|\b(?:is|be|are|get|been) (?:struck|removed|taken|deleted|dropped) (?:off|from) (?:of )?(?:your|this|all|the) (?:e-?mail|mailing|contact|marketing)?\s?(?:lists?|database|records|files|system)\b|\b(?:not|don't|dont|never) (?:ever )?(?:e-?mail|contact|write(?: to)?|message|bother|mail) (?:me|us) (?:again|any ?more|ever|in (?:the )?future)\b|\b(?:no longer|not|don't|never) (?:want|wish|care) to (?:receive|get|hear from|be contacted|be e-?mailed)\b|\b(?:asked|told|begged|warned) (?:you|your \w+)\b.*\bto (?:stop|quit|leave (?:me|us) alone|be removed|unsubscribe)\b|\b(?:would|could|will|should|must|may|do) not (?:write|e-?mail|contact|message|send|mail)\b.*\b(?:again|any ?more|further|future)\b|\b(?:prefer|rather|like) not to (?:receive|get|be contacted|be e-?mailed|hear from)\b|\bopt(?:ing)? out of (?:all|any|future|further|your|these)\b/,
  emails:
    /\b(?:me|us|my|our)\b.*\b(?:lists?|e-?mails?|mailings?|messages|database|records|system|newsletters?|e-?mailing|contacting)\b|\b(?:e-?mailing|contacting|e-?mail|contact|messages?) (?:me|us)\b/,
  asides:
    /^(?:(?:if|when|should) (?:i|we) (?:ever |do |ever do )?(?:decide to |want to |need to |choose to )?(?:sell|list|move|change (?:my|our) minds?)\b.{0,60}|how (?:do i|does one|can i|would i|to) (?:do|go about) (?:that|this|it)|(?:i|we)(?:'ve| have)? (?:already )?(?:said|told you|answered|asked)(?: you)?(?: already)? (?:no|stop|not to|to stop)\b.{0,20}|(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings)\b.{0,40}|(?:many |much )?(?:thanks?|thank you|thx|ty|cheers|appreciate it|appreciated|much appreciated|regards|best|best regards|kind regards|warm regards|sincerely|respectfully|yours(?: truly)?|take care|have a (?:good|nice|great|blessed) .{2,20}|good luck|sorry|no offense|nothing personal|god bless|bye|goodbye|peace)\b.{0,40}|no|nope|nah|no thanks?|no thank you|ok|okay|enough(?: already| is enough)?|last (?:warning|time)|this is (?:spam|harassment|ridiculous|unwanted|annoying|my (?:second|third|last|final) .{3,20}))$|\bnot (?:\w+ )?(?:interested|selling|for sale|moving|looking to sell|planning (?:to|on) sell|going to sell|thinking of selling)\b|\b(?:no|zero|any) interest\b|(?:do not|don't|never|not) (?:want|wish|plan|intend|going) to (?:sell|move|list)|\b(?:how|where) did you (?:get|find|obtain)\b|\b(?:never|did not|didn't) (?:sign(?:ed)? up|subscribe|opt(?:ed)? in|ask|request|give|gave)\b|\b(?:report|lawyer|attorney|ftc|illegal|can-spam|legal action|block you|mark (?:you|this|it) as spam|harassment)\b|\bi(?:'ll| will| can| would) (?:contact|call|reach out|let you know|get in touch|find|be in touch|get in contact|email you)\b|\b(?:told|asked) you\b|\byou (?:keep|continue|still)\b|\bconfirm\b.{0,40}\b(?:removed|removal|done|unsubscribed|this|deleted|off)\b|\bwrong (?:person|address|email|house|owner|guy|number)\b|\b(?:what|which) part of\b|\bhow hard (?:is|can) it\b|\bhow many times\b|\bwhy (?:do|are|would) you (?:keep|still|people)\b|\bwho gave you\b|\b(?:is|are) (?:that|this|we|you) clear\b|^(?:understood|got it|do you (?:understand|get (?:that|it))|please confirm|confirm that .{0,30}|no (?:text|body|message|subject|content)|no hard feelings.{0,30})$/,
  limits:
    /\b(?:unless|except|excepting|until|till|if|instead|rather|however|otherwise|call|phone|ring|text|add|replace|update(?! (?:your|the) (?:lists?|records|database|files?|system|crm|contacts))|change|switch|forward|meet|visit|yes|use (?:my|the|this|xaddress|her|his)|keep (?:me|sending|my|us|the|in touch|it|them|him|her|up)|only (?:send|e-?mail|about|when|the|on|for)|(?:waiting|wait|guest|vip|call|calling|phone|text|showing|tour|invite|bidders?|buyers?|sellers?|backup|party|holiday|volunteer|wish) lists?|other (?:address|e-?mail)|another (?:address|e-?mail)|new (?:address|e-?mail)|different (?:address|e-?mail)|work (?:address|e-?mail)|(?<!\b(?:not|ever|n't|dont|never|to|stop|or) )send (?:me|it|them|to|the|your|him|her|us)|tell me|let me know|(?<!\b(?:not|ever|n't|dont|never|to|stop|or) )write (?:me|to)|reach (?:me|us|him|her)|(?<!\b(?:not|ever|n't|dont|never|to|stop|or) )(?:contact|e-?mail) (?:him|her|them|my|me|us)|talk to|speak to|love to|glad to|happy to|would like|curious|what (?:is|would|are|kind|price)|how much|when can|can you|could you|put (?:him|her|them|my|it))\b|(?<!\b(?:not|never|no longer|isn't|aren't|n't|hardly|barely) (?:\w+ )?)\binterested\b|\bfor (?:now|today|this week|the moment|a while)\b|(?<!\b(?:not|ever|n't|dont|never|to|stop|or) )\b(?:write|contact|e-?mail|call|text|talk|speak|deal|ask|copy|go|send)(?: (?:it|them|that|everything|any\w*|all))?(?: (?:only|just|directly|straight|instead))(?: (?:to|with|through))? (?:me|us|my|our)\b|\b(?:go|come|run|deal|send (?:it|them|everything|all)) (?:through|with|to) me\b|(?<!\b(?:not|n't|dont|never) )\b(?:want|like|love|need) to (?:sell|know|list it|learn|get (?:an?|some|the) (?:\w+ )?(?:figure|number|price|offer|quote|estimate|valuation|idea))\b/,
  times:
    /\b(?:january|february|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekends?|spring|summer|fall|winter|before|at work|wife|husband|(?:the|my|our) tenants?)\b/,
  conjunction: / (?:and|so|because|as|since|but|or(?= (?:i|we|you|else)\b)) /,
};
