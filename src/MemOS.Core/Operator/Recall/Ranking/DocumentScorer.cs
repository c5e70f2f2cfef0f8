using System.Numerics.Tensors;
using MemOS.Cubes;
using MemOS.Operator.Recall.Filters;
using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Fuses the legs: each is scaled so that the best document has 1, weighted, and added.</summary>
/// <remarks>Several threads may score different documents at once.</remarks>
internal sealed class DocumentScorer
{
    /// <summary>Names lift a document that has other evidence; three times as much as this counts in full.</summary>
    private const float NameSupport = 3;

    private const byte CareFlags = (byte)DocumentFlags.EndsBeingTrue;

    private readonly SearchScratch _scratch;
    private readonly Columns _columns;
    private readonly int _count;
    private readonly float _vectorWeight;
    private readonly float _nameWeight;
    private readonly float _classWeight;
    private readonly float _timeWeight;
    private readonly float _conversationWeight;
    private readonly float _sessionWeight;
    private readonly float _questionPenalty;
    private readonly float _supersededPenalty;
    private readonly float _derivedShare;
    private readonly float _instructionWeight;
    private readonly int _instructions = Columns.None;
    private readonly bool _hasWindow;
    private readonly long _windowFrom;
    private readonly long _windowTo;
    private readonly long _reference;
    private readonly bool _penaliseEnded;
    private readonly int _conversation = Columns.None;
    private readonly float _contextWeight;
    private readonly ContextualFingerprint? _context;
    private readonly bool _needsCare;
    private float _sessionScale;

    public DocumentScorer(
        RecallOptions options, RecallQuery query, QueryAnalysis analysis, FilterScope documents, SearchScratch scratch, DateTimeOffset now)
    {
        _scratch = scratch;
        _columns = documents.Columns;
        _count = documents.Count;
        _vectorWeight = (float)options.VectorWeight;
        _nameWeight = (float)options.EntityWeight;
        _classWeight = analysis.Classes.IsEmpty ? 0 : (float)options.ClassWeight;
        _timeWeight = (float)options.TimeWeight;
        _conversationWeight = (float)options.ConversationWeight;
        _sessionWeight = (float)options.SessionWeight;
        _questionPenalty = (float)options.QuestionPenalty;
        _supersededPenalty = (float)options.SupersededPenalty;
        _derivedShare = (float)options.DerivedShare;
        _instructionWeight = (float)options.InstructionWeight;
        if ((analysis.Asked & AskedFor.Action) != 0 && _instructionWeight > 0)
        {
            _instructions = documents.State.Types.Values.IndexOf(SemanticType.Preference.Value);
        }

        _reference = (query.ReferenceTime ?? now).UtcTicks;
        _penaliseEnded = query.ValidAt is null;
        if (analysis.Window is { } window)
        {
            _hasWindow = true;
            _windowFrom = window.From?.UtcTicks ?? long.MinValue + 1;
            _windowTo = window.To?.UtcTicks ?? long.MaxValue;
        }

        if (query.Conversation is { } name)
        {
            _conversation = documents.State.ConversationNames.Values.IndexOf(name);
        }

        if (!string.IsNullOrWhiteSpace(query.Context))
        {
            _context = Fingerprints.Of(query.Context);
            _contextWeight = (float)options.ContextWeight;
        }

        _needsCare = _hasWindow || _conversation >= 0 || _context is not null;
    }

    /// <summary>What makes BM25 of the best document 1.</summary>
    public float LexicalScale { get; private set; }

    /// <summary>What makes BM25 of the best session 1.</summary>
    public float SessionScale { get; private set; }

    /// <summary>Fixes the scales once the legs have run.</summary>
    public void Normalise(int documents, int sessions)
    {
        LexicalScale = Inverse(_scratch.Lexical.AsSpan(0, documents));
        SessionScale = Inverse(_scratch.Sessions.AsSpan(0, sessions));
        _sessionScale = _sessionWeight * SessionScale;
    }

    /// <summary>Scores a run of documents by themselves; those that are not readable get 0.</summary>
    /// <param name="first">The first document, a multiple of 64.</param>
    /// <param name="last">The document after the last one.</param>
    public void ScoreRange(int first, int last)
    {
        Span<float> scores = _scratch.Base.AsSpan(first, last - first);
        TensorPrimitives.Multiply(_scratch.Vector.AsSpan(first, scores.Length), _vectorWeight, scores);
        TensorPrimitives.MultiplyAdd(_scratch.Lexical.AsSpan(first, scores.Length), LexicalScale, scores, scores);
        if (_classWeight > 0)
        {
            TensorPrimitives.MultiplyAdd(_scratch.Classes.AsSpan(first, scores.Length), _classWeight, scores, scores);
        }

        ReadOnlySpan<int> sessionOf = _columns.Session.AsSpan(first, scores.Length);
        ReadOnlySpan<byte> flags = _columns.Flags.AsSpan(first, scores.Length);
        ReadOnlySpan<float> names = _scratch.Names.AsSpan(first, scores.Length);
        ReadOnlySpan<float> sessions = _scratch.Sessions;
        for (int at = 0; at < scores.Length; at += 64)
        {
            ulong bits = _scratch.Readable[(first + at) >> 6];
            int end = Math.Min(at + 64, scores.Length);
            if (bits == 0)
            {
                scores[at..end].Clear();
                continue;
            }

            for (int i = at; i < end; i++, bits >>= 1)
            {
                float score = scores[i];
                int session = sessionOf[i];
                score += (uint)session < (uint)sessions.Length ? sessions[session] * _sessionScale : 0;
                float named = names[i];
                if (named != 0)
                {
                    score += named * _nameWeight * Math.Clamp(score * NameSupport, 0, 1);
                }

                if (_needsCare || (flags[i] & CareFlags) != 0)
                {
                    score = Score(first + i, _scratch.Vector[first + i]).Total;
                }

                scores[i] = (bits & 1) != 0 ? score : 0;
            }
        }
    }

    /// <summary>Scores a document by itself.</summary>
    public ScoreParts Score(int document, float cosine)
    {
        float lexical = (_scratch.Lexical[document] * LexicalScale) + ClassScore(document);
        float vector = cosine * _vectorWeight;
        int place = _columns.Session[document];
        float session = (uint)place < (uint)_scratch.Sessions.Length ? _scratch.Sessions[place] * _sessionScale : 0;
        if (_conversation >= 0 && _columns.Conversation[document] == _conversation)
        {
            session += _conversationWeight;
        }

        if (_context is { } context && _columns.Fingerprint[document] is var bits && bits != 0)
        {
            session += _contextWeight * (float)context.Similarity(new ContextualFingerprint(bits));
        }

        float found = lexical + vector + session;
        float names = _scratch.Names[document];
        names = names > 0 ? names * _nameWeight * Math.Clamp(found * NameSupport, 0, 1) : 0;
        float time = IsInWindow(document) ? _timeWeight : 0;
        float adjustment = 0;
        byte flags = _columns.Flags[document];
        if ((flags & CareFlags) != 0)
        {
            adjustment = HasEnded(document) ? -Math.Max(0, found + names + time) * _supersededPenalty : 0;
        }

        return new ScoreParts(lexical, vector, names, time, session, adjustment);
    }

    /// <summary>What a document has for a member of the class that is asked for.</summary>
    public float ClassScore(int document) => _classWeight > 0 ? _scratch.Classes[document] * _classWeight : 0;

    /// <summary>What a document loses by ending with a question. Its neighbours gain from it in full: the answer stands beside the question.</summary>
    public float QuestionLoss(int document) =>
        (_columns.Flags[document] & (byte)DocumentFlags.Asks) != 0 ? -_questionPenalty * Math.Max(0, _scratch.Base[document]) : 0;

    /// <summary>
    /// What an episode gains from the best statement that was read out of it and holds, or loses to one that no longer does; and from an instruction, where it
    /// applies to what is asked to be done.
    /// </summary>
    public float DerivedGain(int document, float[] scores)
    {
        int at = _columns.FirstDerived[document];
        if (at < 0)
        {
            return 0;
        }

        float holds = 0;
        float ended = 0;
        float applies = 0;
        for (int steps = 0; (uint)at < (uint)_count && steps < 256; at = _columns.NextDerived[at], steps++)
        {
            if (Bitmap.IsSet(_scratch.Candidates, at))
            {
                bool over = HasEnded(at);
                ended = over ? Math.Max(ended, scores[at]) : ended;
                holds = over ? holds : Math.Max(holds, scores[at]);
                applies = !over && _instructions >= 0 && _columns.Type[at] == _instructions ? Math.Max(applies, _scratch.Vector[at]) : applies;
            }
        }

        return (_derivedShare * (holds >= ended ? holds : -ended)) + (_instructionWeight * applies);
    }

    /// <summary>Said in the window, or about a time that begins or lies in it. What has always held says nothing about a window.</summary>
    public bool IsInWindow(int document)
    {
        if (!_hasWindow)
        {
            return false;
        }

        long said = _columns.SaidAt[document];
        if (said >= _windowFrom && said < _windowTo && said != Columns.NoTime)
        {
            return true;
        }

        long from = _columns.ValidFrom[document];
        return from != Columns.NoTime && from < _windowTo &&
            (from >= _windowFrom || (_columns.ValidTo[document] is var to && to != Columns.NoTime && to > _windowFrom));
    }

    private bool HasEnded(int document)
    {
        if (!_penaliseEnded || !_columns.Has(document, DocumentFlags.EndsBeingTrue) || _columns.ValidTo[document] > _reference)
        {
            return false;
        }

        return !(_hasWindow && _columns.ValidTo[document] > _windowFrom && _columns.ValidFrom[document] < _windowTo);
    }

    private static float Inverse(ReadOnlySpan<float> scores)
    {
        float largest = scores.IsEmpty ? 0 : TensorPrimitives.Max(scores);
        return largest > 0 ? 1 / largest : 0;
    }
}
