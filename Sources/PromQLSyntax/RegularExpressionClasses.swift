// The names of classes that Go's regular expressions know.

private let posixClasses = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word",
    "xdigit",
]

/// General categories, their long names, and scripts, without case, spaces, hyphens and underscores.
private let unicodeClasses: Set<String> = Set(
    """
    any assigned ascii c cc cf cn co cs l lc ll lm lo lt lu m mc me mn n nd nl no p pc pd pe pf pi po ps s sc sk sm so \
    z zl zp zs other control cntrl format unassigned privateuse surrogate letter casedletter lowercaseletter \
    modifierletter otherletter titlecaseletter uppercaseletter mark combiningmark spacingmark enclosingmark \
    nonspacingmark number decimalnumber digit letternumber othernumber punctuation punct connectorpunctuation \
    dashpunctuation closepunctuation finalpunctuation initialpunctuation otherpunctuation openpunctuation symbol \
    currencysymbol modifiersymbol mathsymbol othersymbol separator lineseparator paragraphseparator spaceseparator \
    adlam ahom anatolianhieroglyphs arabic armenian avestan balinese bamum bassavah batak bengali beriaerfe bhaiksuki \
    bopomofo brahmi braille buginese buhid canadianaboriginal carian caucasianalbanian chakma cham cherokee \
    chorasmian common coptic cuneiform cypriot cyprominoan cyrillic deseret devanagari divesakuru dogra duployan \
    egyptianhieroglyphs elbasan elymaic ethiopic garay georgian glagolitic gothic grantha greek gujarati gunjalagondi \
    gurmukhi gurungkhema han hangul hanifirohingya hanunoo hatran hebrew hiragana imperialaramaic inherited \
    inscriptionalpahlavi inscriptionalparthian javanese kaithi kannada katakana kawi kayahli kharoshthi \
    khitansmallscript khmer khojki khudawadi kiratrai lao latin lepcha limbu lineara linearb lisu lycian lydian \
    mahajani makasar malayalam mandaic manichaean marchen masaramgondi medefaidrin meeteimayek mendekikakui \
    meroiticcursive meroitichieroglyphs miao modi mongolian mro multani myanmar nabataean nagmundari nandinagari \
    newa newtailue nko nushu nyiakengpuachuehmong ogham olchiki oldhungarian olditalic oldnortharabian oldpermic \
    oldpersian oldsogdian oldsoutharabian oldturkic olduyghur olonal oriya osage osmanya pahawhhmong palmyrene \
    paucinhau phagspa phoenician psalterpahlavi rejang runic samaritan saurashtra sharada shavian siddham sidetic \
    signwriting sinhala sogdian sorasompeng soyombo sundanese sunuwar sylotinagri syriac tagalog tagbanwa taile \
    taitham taiviet taiyo takri tamil tangsa tangut telugu thaana thai tibetan tifinagh tirhuta todhri tolongsiki \
    toto tulutigalari ugaritic vai vithkuqi wancho warangciti yezidi yi zanabazarsquare
    """.split(separator: " ").map(String.init))

func isPosixClass(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    posixClasses.contains { $0.utf8.elementsEqual(name) }
}

/// Go looks names up without regard to case and separators.
func isUnicodeClass(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let plain = name.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
    return unicodeClasses.contains(String(decoding: plain, as: UTF8.self).lowercased())
}
