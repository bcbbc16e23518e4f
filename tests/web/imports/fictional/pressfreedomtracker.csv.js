// A fictional table in the columns of the source.
export const csv = `date,city,longitude,latitude,state,tags,authors,categories
2020-06-01,Portland,-122.67621,45.52345,OR,"protest, kettle",,"Arrest/Criminal Charge, Physical Attack"
2020-06-01,Portland,-122.67621,45.52345,OR,"protest, kettle",,"Arrest/Criminal Charge, Physical Attack"
2020-06-01,Portland,-122.67621,45.52345,OR,"protest, kettle",,Equipment Damage
2020-07-02,Seattle,,,WA,,,Denial of Access
2020-07-03,Nowhereville County,,,KS,,,Physical Attack
2020-07-04,,,,FL,,,Chilling Statement
2020-07-05,,,,,,,Leak Case
2020-07-06,Helsinki,,,,,,Border Stop
2020-07-07,Springfield,,,,,,Other Incident`;
export default csv;
