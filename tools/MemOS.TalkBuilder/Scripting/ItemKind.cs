namespace MemOS.TalkBuilder.Scripting;

/// <summary>What a <see cref="ScriptItem"/> tests.</summary>
internal enum ItemKind
{
    /// <summary>Something said once.</summary>
    Fact,

    /// <summary>An instruction or preference said once; the questions are requests that fall under it.</summary>
    Rule,

    /// <summary>A value and its corrections; the newest counts.</summary>
    Value,

    /// <summary>Several statements that answer one question together.</summary>
    Several,

    /// <summary>Events whose order or week is asked for.</summary>
    Order,

    /// <summary>Questions to which nothing was said.</summary>
    None,
}
