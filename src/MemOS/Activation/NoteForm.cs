namespace MemOS.Activation;

/// <summary>How a memory is written for a local model. Part of every state: another form makes states anew.</summary>
public enum NoteForm
{
    /// <summary>When it was said, by whom, and what: what most models understand.</summary>
    TimeAndSpeaker = 0,

    /// <summary>Its text alone, for a model that was trained on nothing else. Who speaks of himself as "I" is not told then.</summary>
    TextAlone = 1,
}
