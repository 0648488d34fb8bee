"""Verbs and nouns of action: what governments, firms and schools do, and what only sounds like it.

``CONCRETE`` verbs name an act that leaves something behind (an office, a rule, money spent); ``STEERING`` verbs name a
direction of effort (promote, improve). ``EMPTY`` verbs state an attitude, a being or an effect, never an action alone.
"""

from __future__ import annotations

from ingest.statements.cues import words

CONCRETE = words(
    """
    abolish accredit adopt allocate amend announce appoint approve assign authorise authorize award ban build
    bundle buy certify charge close co-finance codify commission compensate complete conduct connect construct
    consolidate convene convert create decentralise decentralize decommission delegate deliver demolish deploy
    design designate develop devise digitise digitize disburse dispatch distribute divert earmark electrify
    employ enact endow enforce enlist enrol equip erect establish exempt expand expropriate extend fence finance
    fine fluoridate form formalise formalize formulate found fund grant hire hold host immunise immunize
    implement impose incentivise incentivize incorporate increase initiate insert install instal institute
    institutionalise institutionalize insulate integrate introduce invest issue launch legalise legalize
    legislate lend levy license licence lower mandate map merge modernise modernize monitor nationalise
    nationalize negotiate notify offer open operationalise operationalize ordain order organise organize outlaw
    overhaul participate pass pay penalise penalize phase pilot pioneer place plan plant pledge prescribe
    privatise privatize procure prohibit provide publish purchase quarantine raise ratify reallocate rebuild
    recruit recycle redesign redirect reduce reform refurbish regulate rehabilitate reimburse relocate renovate
    repair repeal replace replant require reserve resettle restore restrict restructure retrain retrofit revise
    reward ring-fence roll sanction scrap screen set shorten sign simplify standardise standardize start
    streamline subsidise subsidize supply suspend tax tighten train transfer treat triple double unify release
    unveil circulate promulgate publicise publicize endorse broker inaugurate rezone recapitalise recapitalize
    refund rehouse reopen outfit second stockpile upgrade vaccinate waive widen withdraw
    dismantle digitalise digitalize liberalise liberalize
    tailor rotate eradicate outsource insure deduct proclaim gazette repatriate decontaminate recover reinstate
    stagger cap index cancel terminate
    """
)

STEERING = words(
    """
    accelerate activate adapt address adjust advance advocate align attract balance boost broaden bolster
    build-up channel clarify clean combat combine complement concentrate conserve consolidate control coordinate
    co-ordinate couple cooperate co-operate collaborate cultivate curb cut cluster coach deepen defend diversify
    drive ease educate eliminate embed empower enable encourage engage enhance enrich ensure enlarge evaluate
    exploit explore facilitate favour favor fight focus foster fulfil gather give guarantee guide harmonise
    harmonize harness identify improve include increase incubate inform innovate intensify internalise
    internalize introduce lead leverage link localise localize loosen maintain make manage mainstream maximise
    maximize minimise minimize mitigate mobilise mobilize motivate nurture open optimise optimize orient oversee
    perfect pool popularise popularize prepare preserve prevent prioritise prioritize promote protect provide
    pursue rationalise rationalize realise realize rectify refine reinforce relax relieve remove resolve retain
    review revitalise revitalize safeguard scale secure seek share shift slow smooth solve speed stabilise
    stabilize stimulate strengthen supervise support sustain tackle tap target test transform translate
    transition uphold urge use utilise utilize verify work renew reorganise reorganize layout break develop
    standardise phase-out reuse reward compress avoid assess assist supplement sensitise sensitize disseminate
    educate inspect investigate liaise observe protect restrain catalogue inventory patrol survey
    """
)

EMPTY = words(
    """
    accord account achieve acknowledge acquire affect afford agree aim allow amount appear apply arise assume
    attain attach attribute bear become begin believe belong benefit bring call cause cease characterise
    characterize come compare concern conclude confront consider consist constitute contain continue contribute
    correspond deem define demonstrate depend derive deserve determine differ discuss emerge emphasise emphasize
    enter entail exceed exist expect experience face fall feel find fit follow function gain get go grasp grow
    happen have hope imply indicate influence involve keep know lag learn lie live look lose matter mean meet
    mention need note occur owe own play point possess prove reach read recognise recognize reflect regard rely
    remain represent result rise see seem serve show signify stand stem stress suffer suppose take tend think
    treat try turn understand view want wish lack shake help adhere be do say argue respond state stipulate
    yield enjoy rank suffice undergo examine analyse analyze
    """
)

#: Concrete verbs that as often tell a result ("output was increased") as an act.
EFFECTS = words(
    """
    reduce increase lower raise expand extend double triple widen shorten form create provide offer give open
    start pay place order close convert connect charge award hold found
    """
)

#: Verbs that make something new: an act even where it is told beside the main verb.
MAKING = words(
    """
    establish build construct introduce launch release unveil promulgate issue set enact adopt allocate install
    upgrade organise organize appoint abolish develop implement pilot publish earmark invest subsidise subsidize
    recruit ban deploy found train plant rehabilitate digitise digitize integrate amend formulate commission
    equip erect institute
    """
)

#: Verbs that only lead to the act: "took steps to …", "seized the chance to …".
LIGHT = words(
    """
    take make seize begin start manage succeed work continue strive seek use rely play
    """
)

#: Verbs that carry the real action in a following infinitive or gerund: "strive to build", "focus on building".
CARRIERS = words(
    """
    strive continue seek try attempt endeavour endeavor plan intend aim begin start commit undertake work focus
    concentrate need want hope proceed pledge vow promise prepare agree persist insist keep go
    """
)

#: Verbs that report a proposal made by somebody: "the ministry proposed to …", "the report recommends …".
PROPOSERS = words(
    """
    propose recommend suggest advise urge call request demand advocate plan announce pledge intend decide commit
    promise
    """
)

#: Nouns of action and the verb each stands for in a label.
ACTION_NOUNS = {
    "establishment": "establish",
    "construction": "build",
    "creation": "create",
    "introduction": "introduce",
    "formulation": "formulate",
    "implementation": "implement",
    "development": "develop",
    "improvement": "improve",
    "optimisation": "optimise",
    "optimization": "optimize",
    "expansion": "expand",
    "promotion": "promote",
    "provision": "provide",
    "adoption": "adopt",
    "reform": "reform",
    "relocation": "relocate",
    "integration": "integrate",
    "strengthening": "strengthen",
    "installation": "install",
    "training": "train",
    "cultivation": "cultivate",
    "modernisation": "modernise",
    "modernization": "modernize",
    "transformation": "transform",
    "enhancement": "enhance",
    "reduction": "reduce",
    "removal": "remove",
    "abolition": "abolish",
    "increase": "increase",
    "protection": "protect",
    "restoration": "restore",
    "rehabilitation": "rehabilitate",
    "subsidy": "subsidise",
    "investment": "invest in",
    "use": "use",
    "deployment": "deploy",
    "upgrading": "upgrade",
    "launch": "launch",
    "allocation": "allocate",
    "ban": "ban",
    "recruitment": "recruit",
    "coordination": "coordinate",
    "simplification": "simplify",
    "revision": "revise",
    "planting": "plant",
    "extension": "extend",
}

ALL = CONCRETE | STEERING

#: Forms that are as often a noun as a verb: at the start of a sentence they need an object beside them.
AS_NOUNS = words(
    """
    form reform design plan fund charge lease permit support increase link offer order place pilot plant pledge
    process program programme project purchase raise repair reserve reward sanction screen set shift ship start
    supply target tax test train transfer trial trust use value voice work share control balance exploit focus cap index
    guide help influence market measure monitor tap launch lead access advance advocate ban channel combat
    cluster coach contract cut drive ease fight finance fine grant harness host issue lower levy license licence
    map mandate pass pay phase pool prescribe rate review return roll scale schedule scrap second source speed
    state stock survey triple double appoint open close complete sustain secure slow clean smooth perfect
    complement correct present lend merge found release purpose
    """
)
