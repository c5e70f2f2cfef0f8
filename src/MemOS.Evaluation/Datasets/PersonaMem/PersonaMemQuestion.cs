using System.Globalization;
using Microsoft.VisualBasic.FileIO;

namespace MemOS.Evaluation.Datasets.PersonaMem;

/// <summary>A row of the questions.</summary>
/// <param name="Context">The id of the context that it is about.</param>
/// <param name="EndIndex">How many of the context's messages it may know.</param>
/// <param name="Labelled">The question.</param>
internal sealed record PersonaMemQuestion(string Context, int EndIndex, LabelledQuestion Labelled)
{
    /// <summary>Reads a CSV file.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when a column is missing or a value has another form.</exception>
    public static List<PersonaMemQuestion> ReadAll(string file)
    {
        using TextFieldParser parser = new(file) { HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        parser.SetDelimiters(",");
        try
        {
            string[] columns = parser.ReadFields() ?? throw DatasetJson.Invalid(file, "it is empty");
            List<PersonaMemQuestion> questions = [];
            while (parser.ReadFields() is { } fields)
            {
                questions.Add(Read(columns, fields, file));
            }

            return questions;
        }
        catch (MalformedLineException exception)
        {
            throw DatasetJson.Invalid(file, exception.Message);
        }
    }

    private static PersonaMemQuestion Read(string[] columns, string[] fields, string file)
    {
        string id = Field("question_id");
        return new PersonaMemQuestion(
            Field("shared_context_id"),
            int.TryParse(Field("end_index_in_shared_context"), NumberStyles.None, CultureInfo.InvariantCulture, out int end)
                ? end : throw DatasetJson.Invalid(file, $"question {id} has no end_index_in_shared_context"),
            new LabelledQuestion
            {
                Id = id,
                Text = Field("user_question_or_message"),
                Category = Field("question_type"),
                Answer = Field("correct_answer"),
                Choices = [.. PythonList.Parse(Field("all_options")) ?? throw DatasetJson.Invalid(file, $"the options of question {id} are no list of texts")],
            });

        string Field(string name) => Array.IndexOf(columns, name) is >= 0 and int index && index < fields.Length
            ? fields[index] : throw DatasetJson.Invalid(file, $"it has no column \"{name}\"");
    }
}
