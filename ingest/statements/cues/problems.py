"""Nouns, adjectives and verbs of trouble: shortage, imbalance, obstacle, decline, harm."""

from __future__ import annotations

from ingest.statements.cues import wordings, words

#: Nouns that name a problem by themselves, or with what follows ("shortage of …").
PROBLEM_NOUNS = words(
    """
    lack shortage scarcity insufficiency inadequacy absence deficiency deficit shortfall gap imbalance disparity
    inequality inequity barrier obstacle bottleneck constraint restriction impediment hindrance hurdle
    difficulty challenge problem dilemma predicament risk pressure crisis threat vulnerability weakness
    shortcoming pollution contamination degradation depletion deforestation desertification erosion poverty
    unemployment underemployment overcapacity homogenization homogenisation homogeneity
    fragmentation duplication outflow exodus drain decline slowdown stagnation recession downturn deterioration
    aggravation dependence dependency overreliance reliance backlog congestion inefficiency corruption fraud
    conflict tension dispute uncertainty instability fragility malnutrition hunger undernutrition obesity
    mortality morbidity disease epidemic outbreak illiteracy exclusion discrimination violence crime abuse waste
    wastage leakage loss damage disaster flood drought famine encroachment misuse mismanagement underinvestment
    underfunding overcrowding overgrazing overfishing overexploitation mismatch divide polarization polarisation
    segregation blockage friction protectionism monopoly turnover absenteeism attrition dropout
    delay burden violation failure collapse ageing aging deprivation hardship setback drawback limitation sprawl
    blight emission harassment infection hazard scepticism distrust mistrust reluctance resistance trade-off
    unavailability overlap ambiguity loophole bias stigma insecurity debt siltation salinity shrinkage
    """
)

#: Of these, nouns that say nothing unless something is added to them.
GENERIC_NOUNS = words(
    """
    challenge problem difficulty issue risk pressure obstacle barrier shortcoming weakness constraint threat
    hurdle dilemma crisis burden limitation uncertainty trade-off drawback predicament bottleneck
    """
)

#: Nouns that are a problem only in the company of a problem adjective or verb.
NEUTRAL_WHEN_MANAGED = words(
    """
    debt deficit emission disease disaster flood drought waste reliance dependence conflict crime mortality
    limitation loss damage resistance
    """
)

#: Before these nouns a problem noun only qualifies: "risk management", "poverty line", "problem solving".
NEUTRAL_HEADS = words(
    """
    management control prevention reduction alleviation mitigation assessment monitoring relief response
    strategy plan policy law act programme program project system framework resolution solving treatment
    disposal recycling collection insurance fund ratio rate line level index analysis service centre center
    agency authority ministry department standard target market charter code research eradication elimination
    profile map study surveillance legislation
    """
)

#: Adjectives that make a problem of almost any noun.
PROBLEM_ADJECTIVES = words(
    """
    insufficient inadequate weak poor unbalanced imbalanced uneven unequal inequitable incomplete imperfect
    unsound backward outdated obsolete fragile vulnerable scarce deficient underdeveloped undeveloped lagging
    sluggish stagnant inefficient ineffective unsustainable unstable unclear ambiguous fragmented disjointed
    homogeneous excessive unaffordable inaccessible unreliable dilapidated overcrowded congested polluted
    degraded unsafe unhealthy understaffed underfunded underpaid unskilled uncompetitive precarious irrational
    unreasonable unscientific insecure overloaded overburdened underutilized underutilised unregulated
    uncontrolled illegal disorderly chaotic severe serious bleak grim arduous worrying unmet unresolved
    cumbersome burdensome onerous rudimentary negligible unfavourable unfavorable adverse detrimental harmful
    inconsistent uncoordinated neglected deteriorating dwindling declining shrinking ageing aging extensive
    short-sighted blind tight limited low slow small few difficult hard costly expensive rare lower fewer slower
    poorer weaker negative late harsh overstretched underrepresented marginalised marginalized disadvantaged
    inferior lax patchy unemployed impoverished malnourished single rigid non-existent nonexistent suboptimal
    sub-optimal lopsided undersized undervalued untapped unplanned unequipped illegible opaque
    """
)

#: Adjectives that need a fitting noun or a degree word: "low efficiency", "relatively small", not "low carbon".
RELATIVE = words(
    """
    low lower slow slower small few fewer limited late negative single rigid blind extensive hard expensive
    costly tight rare aging ageing severe serious difficult short-sighted vulnerable complex high heavy large
    illegal lagging adverse harmful
    """
)

QUALITIES = words(
    """
    level degree efficiency capacity capability ability productivity quality income rate proportion share
    participation awareness coverage access enrolment enrollment literacy wage output yield return utilization
    utilisation uptake compliance investment resource funding budget fund support infrastructure supply staff
    knowledge skill space choice scope diversity growth development progress pace adjustment momentum
    willingness foundation competitiveness concentration innovation attendance enforcement implementation
    coordination value standard spending transparency demand consumption connectivity penetration ownership
    confidence morale representation density adoption turnout opportunity condition conversion integration
    """
)

#: What only says how much there is of something.
SCALES = words("level degree rate proportion share number value standard condition")

#: Good things: it is a problem when they get less.
WELCOME = QUALITIES | words(
    """
    population number member membership attendance catch harvest crop job employment worker staff teacher nurse
    export sale revenue profit profitability earnings reserve trust birth fertility exchange currency stock
    biodiversity forest habitat groundwater aquifer table fish tree soil bed margin order traffic trade economy
    industry firm enterprise town village county region liquidity credit lending readership circulation interest
    enthusiasm grant aid advantage dividend labour labor workforce talent supply market rank ranking score
    """
)

DEGREES = words(
    """
    still too relatively comparatively rather so very extremely insufficiently particularly especially remain
    only quite far increasingly overly disproportionately
    """
)

#: Verbs whose subject suffers or falls behind.
SUFFER_VERBS = words(
    """
    lag suffer struggle stagnate deteriorate worsen shrink dwindle languish falter decline weaken lack fail flee
    erode collapse stall plummet miss overlap emigrate
    """
)

#: Verbs whose object is harmed or held back.
HARM_VERBS = words(
    """
    hinder hamper impede constrain restrict obstruct inhibit undermine exacerbate aggravate worsen threaten
    jeopardise jeopardize damage harm endanger weaken erode discourage deter complicate restrain plague disrupt
    strain overwhelm overburden pollute degrade deplete contaminate displace marginalise marginalize deprive
    impair compromise burden overload distort perpetuate stifle
    """
)

#: Passive participles that tell a plight.
PLIGHT = words(
    """
    constrained hampered hindered restricted threatened limited plagued dominated affected underfunded
    understaffed overcrowded burdened neglected degraded polluted damaged undermined excluded marginalised
    marginalized deprived outdated depleted overloaded concentrated underdeveloped fragmented eroded squeezed
    weakened hit
    """
)

#: What is not good enough needs to be …
WANTING = words(
    """
    improve strengthen optimise optimize enhance perfect upgrade address increase develop resolve refine clarify
    reform update
    """
)

IDIOMS = wordings(
    r"""
    \ba long way (?:to go|from|off)\b|\broom for (?:further )?improvement\b|\bfar from\b
    \bat the (?:bottom|rear) of\b|\bin the rear\b
    \b(?:far|well|still|significantly|much|remains?|is|are) (?:\w+ )?(?:below|behind) (?:the|that|those|other|its|
    many|most|international|national)\b
    \b(?:still|far|much|significantly|is|are) (?:\w+ )?(?:lower|less|fewer|weaker|slower|poorer|smaller) than\b
    \bnot conducive to\b|\b(?:exploratory|infant|early|initial) stages?\b
    \bstill under (?:development|construction)\b|\byet to be\b|\bdoes not (?:yet )?(?:meet|match|reach|allow)\b
    \bdo not (?:yet )?(?:meet|match|reach|have|allow|receive)\b|\b(?:unable|failed?|fails|failure) to (?!comply)
    \bcannot (?:afford|meet|keep|access|cope|satisfy|be (?:met|ignored))\b|\bat risk\b|\bout of reach\b
    \btoo (?:few|little|low|slow|small|weak|costly|expensive|high|narrow|many)\b|\boverly \w+|\bover-?relian
    \btrade-?offs?\b
    \brel(?:y|ies|ied) (?:too |so )?(?:mainly|heavily|excessively|largely|much|primarily|almost)\b
    \bheavily (?:dependent|reliant|indebted)\b|\bdominated by\b|\bfall(?:s|ing|en)? (?:short|behind)\b
    \blag(?:s|ged|ging)? (?:far )?behind\b|\bless than (?:half|a (?:third|quarter|fifth|tenth))\b
    \bnot (?:yet )?(?:been )?(?:fully|well|strong|sound|high|sufficiently|adequately|properly|effectively|smoothly|
    perfect|enough|in place)\b
    \b(?:not (?:yet )?(?:clear|known|certain)|unclear|unknown) (?:whether|how|if|what|who|when|why|which)\b
    \b(?:has|have|had|having|exerts?) (?:an? )?(?:negative|adverse|harmful) (?:impact|effect|implication|consequence)
    \b(?:is|are|remains?) (?:also |still )?an? (?:critical|serious|pressing|grave|acute) (?:issue|concern)\b
    \bnot yet\b|\b(?:can|could) no longer\b|\bhas become (?:unsustainable|prominent|scarce)\b
    \bno longer (?:work|suffi|cover|meet|match|reach|exist|function|afford|enough|fit)\w*
    \bincreasingly (?:prominent|severe|serious|scarce|fierce|difficult)\b
    \b(?:make|makes|making|made) it (?:difficult|hard|impossible)\b|\bdifficult to\b|\bhard to\b
    \blittle (?:is|has been|was) (?:\w+ )?done\b|\blos(?:e|es|ing|t) grounds?\b|\bmissed opportunit(?:y|ies)\b
    \b(?:seldom|rarely|scarcely|hardly ever) (?:\w+ed|\w+s|reach|meet|use|know|get|have|leave|cover)\b
    \b(?:is|are|remains?|seems? to be) (?:still |largely |entirely |often )?(?:missing|absent|lacking)\b
    \bat (?:a |an )?(?:sub-?optimal|low|inadequate|insufficient) (?:level|scale|pace|rate)s?\b
    \bthere (?:is|are|was|were) (?:currently |still |also |yet )?(?:no|not enough|hardly any|little|few) (?!doubt|need)
    \bonly (?:about |around |some |roughly |approximately )?(?:\d+(?:\.\d+)? ?(?:%|per ?cent)|one in \w+)
    \bone of the (?:most|biggest|greatest) (?:challenging|difficult|serious|pressing|severe)\b
    \baccount(?:s|ed|ing)? for only\b|\b(?:is|are|was|were) only (?!likely|possible|natural|when|if|by|after|to be\b)
    """
)
