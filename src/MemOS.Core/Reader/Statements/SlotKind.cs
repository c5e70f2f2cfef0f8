namespace MemOS.Reader.Statements;

/// <summary>What has to follow a rule's words.</summary>
internal enum SlotKind
{
    /// <summary>Nothing more: the rule has its value.</summary>
    Fixed,

    /// <summary>Nothing more, or "to" and a name.</summary>
    FixedTo,

    /// <summary>A name in capitals that is no time.</summary>
    Name,

    /// <summary>A name of a place, also "Portland, Oregon".</summary>
    Place,

    /// <summary>The name of a person, at most three words.</summary>
    PersonName,

    /// <summary>One to four words that are an occupation by position.</summary>
    Occupation,

    /// <summary>One to four words, the last of which is a known occupation.</summary>
    KnownOccupation,

    /// <summary>An age in years.</summary>
    Age,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>An amount: something with a figure in it.</summary>
    Amount,

    /// <summary>A pet, child or sibling.</summary>
    Several,

    /// <summary>Something that is played.</summary>
    Played,

    /// <summary>What is liked or disliked.</summary>
    Liked,

    /// <summary>What is preferred; may begin with "the" where it chooses among no things at hand.</summary>
    Preferred,

    /// <summary>Any few words.</summary>
    Words,

    /// <summary>What an instruction says.</summary>
    Instructed,

    /// <summary>A verb in the past.</summary>
    PastVerb,

    /// <summary>A verb in "-ing".</summary>
    IngVerb,

    /// <summary>A verb in the present that tells of a plan.</summary>
    PlanVerb,

    /// <summary>Anything: the time mention decides.</summary>
    Anything,
}
